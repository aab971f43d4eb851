using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Gpio;

/// <summary>The default adapter: edges as the kernel writes them, read from a descriptor.</summary>
public sealed class KernelLinesContract : GpioPortContract
{
    private protected override IGpioRig Make(ManualTime time) => new Rig();

    private sealed class Rig : IGpioRig
    {
        private readonly TestFiles _files = new();
        private readonly WiredMatrix _wires;

        public Rig() => _wires = new WiredMatrix(_files, 1, 2);

        public IGpioPort Port => _wires;

        public LinePlan Plan { get; } = new() { Chip = "c", Inputs = ["0", "1"], Outputs = ["2"], ActiveLow = true, Bias = LineBias.PullUp, OpenDrain = true };

        public void Join(int input) => _wires.Press(0, input);

        public void Part(int input) => _wires.Release(0, input);

        public void PlugIn() => _wires.PlugIn();

        public void Unplug() => _wires.Unplug();

        public void Dispose()
        {
            _wires.Dispose();
            _files.Dispose();
        }
    }
}
