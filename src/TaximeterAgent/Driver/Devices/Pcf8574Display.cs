namespace TaximeterAgent.Driver.Devices;

/// <summary>Where the display is, and its size.</summary>
/// <param name="Bus">The bus, such as <c>/dev/i2c-1</c>.</param>
/// <param name="Address">The expander's address: 0x20 to 0x27 (PCF8574), 0x38 to 0x3F (PCF8574A).</param>
/// <param name="Columns">Characters a line: up to 40 with two lines, up to 20 with four.</param>
/// <param name="Rows">Lines, 2 or 4.</param>
/// <param name="Language">Whose letters are drawn: <c>nb</c>, <c>da</c>, <c>sv</c>, <c>fi</c>.</param>
/// <param name="AllowFifo">True to take a FIFO in place of the bus, for tests.</param>
public sealed record Pcf8574Options(string Bus, int Address, int Columns, int Rows, string Language, bool AllowFifo);

/// <summary>An HD44780 display behind a PCF8574 port expander on an I2C bus.</summary>
public sealed class Pcf8574Display : DeviceDisplay, ISwitchableLight
{
    /// <summary>How often an idle display is asked whether it is there: without that a plug that came loose would be noticed with the next picture only.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);

    /// <summary>A transfer of so many bytes holds the bus for 6 ms at 100 kHz; a clock chip on the same bus waits no longer.</summary>
    private const int LongestTransfer = 64;

    private readonly Pcf8574Painter _painter;

    /// <exception cref="ArgumentOutOfRangeException">There is no such display; the message says what is out of range.</exception>
    public Pcf8574Display(Pcf8574Options options, TimeProvider time)
        : this(Name(options), options, new Pcf8574Painter(options.Columns, options.Rows, GlyphSet.Of(options.Language)), time)
    {
    }

    private Pcf8574Display(string name, Pcf8574Options options, Pcf8574Painter painter, TimeProvider time)
        : base(
            name,
            options.Columns,
            options.Rows,
            painter,
            () => Open(options),
            time,
            DisplayWriting.AsItComes with { Most = LongestTransfer, WholeWrites = true, CheckEvery = CheckEvery })
    {
        _painter = painter;
    }

    /// <inheritdoc/>
    public void Light(bool on)
    {
        _painter.IsLit = on;
        CheckSoon();
    }

    private static string Name(Pcf8574Options options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Bus);
        I2cClaim.DemandExpander(options.Address);
        if (options.Rows is not (2 or 4) || options.Columns > (options.Rows == 4 ? 20 : 40))
            throw new ArgumentOutOfRangeException(nameof(options), options.Rows, "An HD44780 has 2 lines of up to 40 characters or 4 of up to 20.");
        return I2cClaim.Name(options.Bus, options.Address);
    }

    private static DeviceOpening Open(Pcf8574Options options)
    {
        var name = Name(options);
        var descriptor = Libc.Open(options.Bus, Libc.WriteOnly | Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, options.Bus, Libc.Error);
        if (Libc.TryStat(descriptor, out var facts) && facts.IsFifo && options.AllowFifo)
            return DeviceOpening.Of(descriptor, name);
        if (Claim(descriptor, name, options) is not { } refused)
            return DeviceOpening.Of(descriptor, name);
        Libc.Close(descriptor);
        return refused;
    }

    private static DeviceOpening? Claim(int descriptor, string name, Pcf8574Options options)
    {
        if (I2cClaim.Take(descriptor, name, options.Bus, options.Address) is { } refused)
            return refused;

        // The bus opens whether or not somebody answers on it.
        return Libc.Write(descriptor, Pcf8574Painter.Rest, 1) == 1
            ? null
            : I2cClaim.Silent(name);
    }
}
