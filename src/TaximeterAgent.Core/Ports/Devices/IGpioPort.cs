namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>Where GPIO lines come from.</summary>
public interface IGpioPort
{
    /// <summary>Lines that are asked for, again every second while they are not to be had, and whose edges are told; not started.</summary>
    /// <param name="name">What they are for, for people: begins the messages, <c>The meter's contacts</c>.</param>
    /// <param name="plan">Which lines, and how they are set up.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="time">When to try again.</param>
    IGpioLineSet Keep(string name, LinePlan plan, IGpioLineEvents events, TimeProvider time);
}

/// <summary>Lines that are kept. Bit n is the n-th line of the plan, inputs first; 1 is active.</summary>
public interface IGpioLineSet : IDisposable
{
    /// <summary>The last status that was reported; null before the first.</summary>
    DeviceStatus? Status { get; }

    /// <summary>Begins to ask for the lines. Once.</summary>
    void Start();

    /// <summary>How the inputs stand; from any thread.</summary>
    /// <returns>False while the lines are not to be had.</returns>
    bool TryRead(out ulong bits);

    /// <summary>Sets outputs; from any thread.</summary>
    /// <param name="mask">Which: bits of the plan.</param>
    /// <param name="bits">1 for active.</param>
    /// <returns>False while the lines are not to be had.</returns>
    bool TryWrite(ulong mask, ulong bits);
}

/// <summary>What happens to lines. Called on the lines' own thread: must return soon, must not throw.</summary>
public interface IGpioLineEvents
{
    /// <summary>A line became active or inactive.</summary>
    /// <param name="line">Its place among the plan's lines.</param>
    /// <param name="active">How it stands now.</param>
    void Edge(int line, bool active);

    /// <summary>How all inputs stand, read anew: the lines were opened, or edges were lost. What led there is not known.</summary>
    void Levels(ulong bits);

    /// <summary>The first call says how the first try went.</summary>
    void Changed(DeviceStatus status);
}
