namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>The driver's display: a few lines of text.</summary>
public interface ICharacterDisplay : IDisposable
{
    /// <summary>Characters a line.</summary>
    int Columns { get; }

    /// <summary>Lines.</summary>
    int Rows { get; }

    /// <summary>How it stands with the device; null before the first report.</summary>
    DeviceStatus? Status { get; }

    /// <summary>Begins; <paramref name="changed"/> is told the device's state on a thread of the display's own and must return soon.</summary>
    void Start(Action<DeviceStatus> changed);

    /// <summary>
    /// Shows these lines in place of what stood there; what is longer than a line is cut, what is missing is blank. Never waits: a display that is slow
    /// or gone shows the newest picture when it can.
    /// </summary>
    void Show(IReadOnlyList<string> lines);

    /// <summary>
    /// Shows these lines and waits until they stand there: for a process that is about to end, whose last picture stays. A display that is gone is not waited for any longer than
    /// <paramref name="most"/>.
    /// </summary>
    void ShowLast(IReadOnlyList<string> lines, TimeSpan most) => Show(lines);

    /// <summary>Sets the display up anew and draws the newest picture: a bad contact may have left it with rubbish.</summary>
    void Reset();
}
