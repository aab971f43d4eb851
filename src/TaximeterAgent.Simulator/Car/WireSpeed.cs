namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// What a receiver makes of bytes that were sent at another speed than its own, 8 data bits, no parity, 1 stop bit on both sides: a pseudo terminal has no speed, so the wire's
/// levels are drawn and sampled here as a UART does it.
/// </summary>
internal static class WireSpeed
{
    private const int DataBits = 8;

    /// <summary>Reads what was sent at one speed at another.</summary>
    /// <param name="bytes">As they were sent, one right after the other.</param>
    /// <param name="sentAt">Bits a second.</param>
    /// <param name="readAt">Bits a second.</param>
    public static byte[] Reread(ReadOnlySpan<byte> bytes, int sentAt, int readAt)
    {
        // The line has rested before.
        var levels = new List<bool>(1 + (bytes.Length * (DataBits + 2))) { true };
        foreach (byte value in bytes)
        {
            levels.Add(false);
            for (int bit = 0; bit < DataBits; bit++)
                levels.Add((value >> bit & 1) != 0);
            levels.Add(true);
        }

        var heard = new List<byte>();
        double step = (double)sentAt / readAt;
        for (double at = 0; Falls(at, out double start);)
        {
            int value = 0;
            for (int bit = 0; bit < DataBits; bit++)
                value |= Level(start + ((bit + 1.5) * step)) ? 1 << bit : 0;
            heard.Add((byte)value); // a stop bit that is none counts as damage; most drivers hand the byte on
            at = start + ((DataBits + 1.5) * step);
        }

        return [.. heard];

        // The line rests at 1.
        bool Level(double time) => (int)time >= levels.Count || levels[(int)time];

        bool Falls(double from, out double start)
        {
            // A receiver that has sampled a stop bit of 0 waits for the line to rest first.
            while (from < levels.Count && !Level(from))
                from = Math.Floor(from) + 1;
            while (from < levels.Count && Level(from))
                from = Math.Floor(from) + 1;
            start = from;
            return from < levels.Count;
        }
    }
}
