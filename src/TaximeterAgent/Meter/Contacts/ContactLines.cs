using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>What happens on the contacts. Called on their own thread: must return soon, must not throw.</summary>
internal interface IContactEvents
{
    /// <summary>A contact opened or closed.</summary>
    /// <param name="levels">How all of them stand.</param>
    /// <param name="seamless">False: read anew; what led there was not seen.</param>
    void Moved(ContactLevels levels, bool seamless);

    /// <summary>The first call says how the first try went.</summary>
    void Changed(DeviceStatus status);
}

/// <summary>The meter's contacts on GPIO lines. A contact that is not wired has no line.</summary>
internal sealed class ContactLines : IDisposable, IGpioLineEvents
{
    private const string Name = "The meter's contacts";

    private readonly IGpioLineSet _device;
    private readonly int _hired;
    private readonly int _stopped;
    private readonly int _paid;
    private IContactEvents? _events;
    private ulong _levels;
    private bool _known;

    /// <param name="chip">The lines' chip and how they are set up; its lines are those that follow.</param>
    /// <param name="hired">The line by offset or name, or empty for none.</param>
    /// <param name="stopped">The line.</param>
    /// <param name="paid">The line, or empty for none.</param>
    /// <param name="port">Where lines come from.</param>
    /// <param name="time">When to try again.</param>
    public ContactLines(LinePlan chip, string hired, string stopped, string paid, IGpioPort port, TimeProvider time)
    {
        var lines = new List<string>();
        _hired = Add(lines, hired);
        _stopped = Add(lines, stopped);
        _paid = Add(lines, paid);
        _device = port.Keep(Name, chip with { Inputs = lines, Outputs = [] }, this, time);
    }

    public DeviceStatus? Status => _device.Status;

    /// <summary>Once.</summary>
    public void Start(IContactEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (Interlocked.CompareExchange(ref _events, events, null) is not null)
            throw new InvalidOperationException($"{Name} were started already.");
        _device.Start();
    }

    public void Dispose() => _device.Dispose();

    void IGpioLineEvents.Edge(int line, bool active)
    {
        var before = _levels;
        _levels = active ? before | (1ul << line) : before & ~(1ul << line);
        // Before the levels were read once, one edge says nothing of the other lines. An edge that was queued before them says nothing new.
        if (_known && _levels != before)
            _events!.Moved(Of(_levels), seamless: true);
    }

    void IGpioLineEvents.Levels(ulong bits)
    {
        _known = true;
        _levels = bits;
        _events!.Moved(Of(bits), seamless: false);
    }

    void IGpioLineEvents.Changed(DeviceStatus status) => _events!.Changed(status);

    private static int Add(List<string> lines, string line)
    {
        if (line.Length == 0)
            return -1;
        lines.Add(line);
        return lines.Count - 1;
    }

    private ContactLevels Of(ulong bits) => new(Has(bits, _hired), Has(bits, _stopped), Has(bits, _paid));

    private static bool Has(ulong bits, int line) => line >= 0 && (bits >> line & 1) != 0;
}
