using System.Globalization;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>A descriptor that edges are read from as the kernel writes them: of a chip, or in a test of what stands in for one.</summary>
internal interface IGpioSource : IGpioPort
{
    /// <inheritdoc/>
    IGpioLineSet IGpioPort.Keep(string name, LinePlan plan, IGpioLineEvents events, TimeProvider time) => new GpioDevice(name, plan, this, events, time);

    /// <summary>Asks for the lines.</summary>
    /// <param name="name">What they are for, for people: begins the messages.</param>
    /// <param name="plan">Which.</param>
    /// <param name="lines">Their levels; null if they are not to be had.</param>
    /// <returns>A descriptor that edges are read from, or why there is none.</returns>
    DeviceOpening Open(string name, LinePlan plan, out IGpioLines? lines);
}

/// <summary>The machine's own chips.</summary>
internal sealed class GpioChips : IGpioSource
{
    public DeviceOpening Open(string name, LinePlan plan, out IGpioLines? lines)
    {
        lines = null;
        if (GpioChip.TryFind(plan.Chip, out var chip) is { } none)
            return DeviceOpening.Failed(none.State, $"{name}: {none.Message}");
        // The request outlives the chip's own descriptor.
        using (chip)
        {
            if (chip!.TryRequest(plan, out var descriptor, out var offsets) is { } refused)
                return DeviceOpening.Failed(refused.State, $"{name}: {refused.Message}");
            lines = new GpioLines(descriptor, offsets);
            return new DeviceOpening(descriptor, new DeviceStatus(DeviceState.Open, $"{name}: lines {string.Join(", ", offsets)} of {chip.Path} are open."));
        }
    }
}

/// <summary>
/// A FIFO of <c>struct gpio_v2_line_event</c> in a chip's place, and beside it a file <c>NAME.levels</c> that holds how the lines stand: a decimal number, bit n for
/// the line with offset n, 1 for active. For tests, and only where the configuration asks for it: whoever may write to it could end a trip.
/// </summary>
internal sealed class GpioFifo : IGpioSource
{
    public const string LevelsSuffix = ".levels";

    public DeviceOpening Open(string name, LinePlan plan, out IGpioLines? lines)
    {
        lines = null;
        var offsets = new uint[plan.All.Count];
        for (var i = 0; i < offsets.Length; i++)
        {
            if (!uint.TryParse(plan.All[i], NumberStyles.None, CultureInfo.InvariantCulture, out offsets[i]) || offsets[i] >= GpioAbi.LinesMaximum)
                return DeviceOpening.Failed(DeviceState.Unusable, $"{name}: a FIFO in a chip's place has lines 0 to {GpioAbi.LinesMaximum - 1}, none {plan.All[i]}.");
        }

        if (!Libc.TryStat(plan.Chip, out var facts))
            return DeviceOpening.FromError($"{name}: the FIFO {plan.Chip}", plan.Chip, Libc.Error);
        if (!facts.IsFifo)
            return DeviceOpening.Failed(DeviceState.Unusable, $"{name}: {plan.Chip} is no FIFO.");
        // Open for both directions it never ends when its writer goes.
        var descriptor = Libc.Open(plan.Chip, Libc.ReadWrite | Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError($"{name}: the FIFO {plan.Chip}", plan.Chip, Libc.Error);
        var levels = new Levels(plan.Chip + LevelsSuffix, offsets);
        if (!levels.TryRead(plan.InputMask, out _))
        {
            Libc.Close(descriptor);
            return DeviceOpening.Failed(DeviceState.Unusable, $"{name}: {plan.Chip}{LevelsSuffix} does not say how the lines stand.");
        }

        lines = levels;
        return new DeviceOpening(descriptor, new DeviceStatus(DeviceState.Open, $"{name}: the FIFO {plan.Chip} is open in a chip's place."));
    }

    private sealed class Levels(string file, uint[] offsets) : IGpioLines
    {
        public int IndexOf(uint offset) => Array.IndexOf(offsets, offset);

        public bool TryRead(ulong mask, out ulong bits)
        {
            bits = 0;
            try
            {
                if (!ulong.TryParse(File.ReadAllText(file).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var levels))
                    return false;
                for (var i = 0; i < offsets.Length; i++)
                    bits |= ((levels >> (int)offsets[i]) & 1) << i;
                bits &= mask;
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        // Nobody looks at a test's outputs through a FIFO.
        public bool TryWrite(ulong mask, ulong bits) => true;
    }
}
