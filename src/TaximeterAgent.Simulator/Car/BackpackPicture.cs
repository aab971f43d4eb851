namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A character display with the usual PCF8574 backpack: every byte of a transfer on the bus sets the expander's pins (P0 RS, P1 R/W, P2 E, P3 the light,
/// P4 to P7 the data lines), and takes nine bits of time.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class BackpackPicture : IDisplayPicture
{
    private readonly int _columns;
    private readonly int _rows;
    private readonly TimeSpan _byteTime;

    /// <param name="columns">Characters a line: up to 40 with two lines, up to 20 with four.</param>
    /// <param name="rows">Lines, 2 or 4.</param>
    /// <param name="busClock">The bus's clock in hertz.</param>
    /// <param name="controller">The controller behind the expander; null: one that has just been switched on.</param>
    public BackpackPicture(int columns, int rows, double busClock = 100_000, Hd44780? controller = null)
    {
        if (rows is not (2 or 4) || columns is < 8 or > Hd44780.LineLength || (rows == 4 && columns > Hd44780.LineLength / 2))
            throw new ArgumentOutOfRangeException(nameof(rows), "a controller of 80 characters has 2 lines of 8-40 or 4 of 8-20");
        (_columns, _rows, _byteTime) = (columns, rows, TimeSpan.FromSeconds(9 / busClock));
        Controller = controller ?? new Hd44780();
        Controller.Leaving += () => Leaving?.Invoke();
        Reset();
    }

    public event Action? Leaving;

    public Hd44780 Controller { get; }

    public bool Light { get; private set; }

    public IReadOnlyList<string> Faults => Controller.Faults;

    /// <summary>The expander was without power: all its pins are up.</summary>
    public void Reset() => Pins(0xFF);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte pins in bytes)
        {
            Controller.Pass(_byteTime);
            Pins(pins);
        }
    }

    /// <summary>With four lines the glass shows the two lines of the memory in halves.</summary>
    public string[] Lines() =>
    [
        .. Enumerable.Range(0, _rows).Select(row => string.Create(_columns, (Picture: this, row), (line, of) =>
        {
            for (int column = 0; column < line.Length; column++)
                line[column] = of.Picture.Controller.Shown(of.row & 1, column + (of.row / 2 * of.Picture._columns));
        })),
    ];

    private void Pins(byte pins)
    {
        Light = (pins & 0x08) != 0;
        Controller.Set((pins & 0x01) != 0, (pins & 0x02) != 0, (pins & 0x04) != 0, (byte)(pins >> 4));
    }
}
