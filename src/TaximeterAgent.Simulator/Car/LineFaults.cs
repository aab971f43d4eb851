namespace TaximeterAgent.Simulator.Car;

/// <summary>What can happen to a frame on the wire; for <see cref="Meter.Mangle"/>.</summary>
internal static class LineFaults
{
    /// <summary>Only the first half arrives.</summary>
    public static byte[] Cut(byte[] frame) => frame[..(frame.Length / 2)];

    /// <summary>One bit of the payload arrives the other way round.</summary>
    public static byte[] FlipBit(byte[] frame)
    {
        byte[] damaged = [.. frame];
        damaged[frame.Length / 3] ^= 0x01;
        return damaged;
    }

    /// <summary>A disturbance on the line before the frame, a lone STX in it.</summary>
    public static byte[] NoiseBefore(byte[] frame) => [0x00, 0xFF, Tfp1.StartOfText, 0x55, 0x80, .. frame];
}
