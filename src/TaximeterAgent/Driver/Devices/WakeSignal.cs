using System.Runtime.InteropServices;

namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Wakes one thread that sleeps, from any other. An event of the kernel's: the runtime's own events wake the sleeper while the waker still holds their lock, so that
/// it falls asleep and is woken once more each time.
/// </summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly int _event = Libc.EventFd(0, Libc.CloseOnExec | Libc.NonBlocking);
    private readonly Lock _gate = new();
    private bool _closed;

    /// <exception cref="IOException">The kernel has no descriptor left.</exception>
    public WakeSignal()
    {
        if (_event < 0)
            throw new IOException($"No event descriptor: {Libc.ErrorText(Libc.Error)}.");
    }

    /// <summary>What a sleeper that waits for other things too polls with them: readable from <see cref="Set"/> to <see cref="Clear"/>.</summary>
    public int Descriptor => _event;

    /// <summary>Wakes the sleeper, or keeps it from falling asleep the next time. Harmless after the end.</summary>
    public void Set()
    {
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        MemoryMarshal.Write(one, 1ul);
        lock (_gate)
        {
            if (!_closed)
                _ = Libc.Write(_event, one, sizeof(ulong)); // a counter that is full wakes as well
        }
    }

    /// <summary>Sleeps until it is woken or the time is over; no time is for ever.</summary>
    public void Wait(TimeSpan? limit = null)
    {
        Span<Libc.PollFd> polled = [new() { Descriptor = _event, Events = Libc.PollIn }];
        var milliseconds = limit is { } time ? (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds), 0, int.MaxValue) : -1;
        if (Libc.Poll(polled, 1, milliseconds) <= 0)
            return; // the time, or a signal: whoever waits looks what there is to do
        Clear();
    }

    /// <summary>The sleeper is awake and looks what there is to do.</summary>
    public void Clear()
    {
        Span<byte> count = stackalloc byte[sizeof(ulong)];
        _ = Libc.Read(_event, count, sizeof(ulong));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            Libc.Close(_event);
        }
    }
}
