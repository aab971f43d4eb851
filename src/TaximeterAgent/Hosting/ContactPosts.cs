using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Contacts;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting;

/// <summary>
/// Brings what the contacts do to the engine's thread. A meter with a line says again what was not taken; a contact does not, so nothing of it is dropped while the
/// engine has too much to do: it waits here, and beyond a bound what is lost is that it was seen as it happened.
/// </summary>
internal sealed class ContactPosts : IContactEvents
{
    /// <summary>Moves that wait; a meter makes five in a trip.</summary>
    private const int Maximum = 64;

    private readonly Engine _engine;
    private readonly ContactDesk _desk;
    private readonly Action<DeviceStatus> _changed;
    private readonly ContactWatch _watch;
    private readonly Lock _gate = new();
    private readonly Queue<(ContactLevels Levels, bool Seamless)> _waiting = new();
    private volatile bool _open;

    /// <param name="engine">Whose thread takes the moves.</param>
    /// <param name="desk">What the moves are for.</param>
    /// <param name="changed">Told how the lines are, on their own thread.</param>
    /// <param name="watch">Told of the moves as they happen.</param>
    public ContactPosts(Engine engine, ContactDesk desk, Action<DeviceStatus> changed, ContactWatch watch)
    {
        _engine = engine;
        _desk = desk;
        _changed = changed;
        _watch = watch;
        // Whatever filled the engine's queue has been taken by then.
        engine.Settled += PostAgain;
    }

    public void Moved(ContactLevels levels, bool seamless)
    {
        _watch.Moved(levels, seamless);
        lock (_gate)
        {
            if (_waiting.Count >= Maximum)
            {
                _waiting.Clear();
                seamless = false;
            }

            _waiting.Enqueue((levels, seamless));
        }

        _engine.Post(TakeAll);
    }

    public void Changed(DeviceStatus status)
    {
        _changed(status);
        _open = status.State == DeviceState.Open;
        _engine.Post(Hear);
    }

    private void Hear() => _desk.Heard = _open;

    private void PostAgain()
    {
        if (_desk.Heard != _open)
            _engine.Post(Hear);
        lock (_gate)
        {
            if (_waiting.Count == 0)
                return;
        }

        _engine.Post(TakeAll);
    }

    private void TakeAll()
    {
        while (true)
        {
            (ContactLevels Levels, bool Seamless) move;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out move))
                    return;
            }

            _desk.Take(move.Levels, move.Seamless);
        }
    }
}
