namespace TaximeterAgent.Driver.Devices;

/// <summary>A car without a keypad of ours.</summary>
public sealed class NoKeypad : IKeypad
{
    /// <inheritdoc/>
    public DeviceStatus? Status => null;

    /// <inheritdoc/>
    public void Start(IKeypadEvents events)
    {
        // No key will come.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }
}

/// <summary>A car without a display of ours.</summary>
/// <param name="columns">How wide the pictures are that nobody sees.</param>
/// <param name="rows">How many lines they have.</param>
public sealed class NoDisplay(int columns, int rows) : ICharacterDisplay
{
    /// <inheritdoc/>
    public int Columns => columns;

    /// <inheritdoc/>
    public int Rows => rows;

    /// <inheritdoc/>
    public DeviceStatus? Status => null;

    /// <inheritdoc/>
    public void Start(Action<DeviceStatus> changed)
    {
        // Nothing will change.
    }

    /// <inheritdoc/>
    public void Show(IReadOnlyList<string> lines)
    {
        // Nobody looks.
    }

    /// <inheritdoc/>
    public void Reset()
    {
        // Nothing is there.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }
}
