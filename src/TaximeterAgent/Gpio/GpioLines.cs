using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>Lines that were granted: their levels can be read and set until they are closed. Bit n is the n-th line of the plan; 1 is active.</summary>
internal interface IGpioLines
{
    /// <summary>The line's place in the plan; -1 for one that was not asked for.</summary>
    int IndexOf(uint offset);

    /// <returns>False if the chip does not answer: it is gone.</returns>
    bool TryRead(ulong mask, out ulong bits);

    /// <returns>False if the chip does not answer: it is gone.</returns>
    bool TryWrite(ulong mask, ulong bits);
}

/// <summary>Lines of a character device.</summary>
internal sealed class GpioLines(int descriptor, uint[] offsets) : IGpioLines
{
    public int IndexOf(uint offset) => Array.IndexOf(offsets, offset);

    public bool TryRead(ulong mask, out ulong bits)
    {
        var values = new GpioAbi.LineValues { Mask = mask };
        var done = Control(GpioAbi.GetValues, ref values);
        bits = done ? values.Bits & mask : 0;
        return done;
    }

    public bool TryWrite(ulong mask, ulong bits)
    {
        var values = new GpioAbi.LineValues { Mask = mask, Bits = bits };
        return Control(GpioAbi.SetValues, ref values);
    }

    private bool Control(nuint request, ref GpioAbi.LineValues values) =>
        Libc.Control(descriptor, request, MemoryMarshal.AsBytes(new Span<GpioAbi.LineValues>(ref values))) >= 0;
}
