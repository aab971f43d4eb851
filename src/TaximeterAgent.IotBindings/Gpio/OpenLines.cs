using System.Device.Gpio;

namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>Lines of a plan that were opened through System.Device.Gpio. Bit n is the n-th line of the plan, inputs first; 1 is active.</summary>
internal sealed class OpenLines : IDisposable
{
    private readonly GpioController _controller;
    private readonly LinePlan _plan;
    private readonly int[] _offsets;
    private readonly Action<int, bool> _edge;
    private readonly PinMode _letGo;

    /// <param name="controller">The chip; closed with these.</param>
    /// <param name="plan">Which lines, and how they are set up.</param>
    /// <param name="offsets">Their numbers on the chip.</param>
    /// <param name="edge">Told each edge, on a thread of the library's.</param>
    public OpenLines(GpioController controller, LinePlan plan, int[] offsets, Action<int, bool> edge)
    {
        _controller = controller;
        _plan = plan;
        _offsets = offsets;
        _edge = edge;
        _letGo = plan.Bias switch
        {
            LineBias.PullUp => PinMode.InputPullUp,
            LineBias.PullDown => PinMode.InputPullDown,
            // The library cannot take a pull resistor away that the board has switched on.
            _ => PinMode.Input,
        };
        try
        {
            for (var line = 0; line < offsets.Length; line++)
                Open(line);
        }
        catch
        {
            controller.Dispose();
            throw;
        }
    }

    public ulong Read()
    {
        ulong bits = 0;
        for (var line = 0; line < _plan.Inputs.Count; line++)
        {
            if (_controller.Read(_offsets[line]) == Level(active: true))
                bits |= 1ul << line;
        }

        return bits;
    }

    /// <summary>Throws if the chip is gone.</summary>
    public void Check() => _controller.Read(_offsets[0]);

    public void Write(ulong mask, ulong bits)
    {
        for (var line = _plan.Inputs.Count; line < _offsets.Length; line++)
        {
            if ((mask >> line & 1) != 0)
                Write(_offsets[line], (bits >> line & 1) != 0);
        }
    }

    public void Dispose() => _controller.Dispose();

    private void Open(int line)
    {
        var offset = _offsets[line];
        if (line < _plan.Inputs.Count)
        {
            _controller.OpenPin(offset, _letGo);
            _controller.RegisterCallbackForPinValueChangedEvent(
                offset, PinEventTypes.Rising | PinEventTypes.Falling, (_, told) => _edge(line, (told.ChangeType == PinEventTypes.Rising) != _plan.ActiveLow));
        }
        else if (_plan.OpenDrain)
        {
            _controller.OpenPin(offset, _letGo);
        }
        else
        {
            _controller.OpenPin(offset, PinMode.Output, Level(active: false));
        }
    }

    // The library has no open drain: a line that is let go is an input.
    private void Write(int offset, bool active)
    {
        if (_plan.OpenDrain && !active)
        {
            _controller.SetPinMode(offset, _letGo);
            return;
        }

        // For an input the level is only remembered.
        _controller.Write(offset, Level(active));
        if (_plan.OpenDrain)
            _controller.SetPinMode(offset, PinMode.Output);
    }

    private PinValue Level(bool active) => active != _plan.ActiveLow ? PinValue.High : PinValue.Low;
}
