using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

internal sealed class LcdRig : FifoRig
{
    public LcdRig(string language, TimeProvider time) => Display = new LcdDisplay(Path, 16, 2, language, time);

    public override ICharacterDisplay Display { get; }

    protected override IDisplayPicture NewPicture() => new LcdPicture(16, 2);
}

internal sealed class BackpackRig : FifoRig
{
    private readonly (int Columns, int Rows, double BusClock) _size;

    public BackpackRig(int columns, int rows, double busClock, string language, TimeProvider time)
    {
        _size = (columns, rows, busClock);
        Display = new Pcf8574Display(new Pcf8574Options(Path, 0x27, columns, rows, language, AllowFifo: true), time);
    }

    public override ICharacterDisplay Display { get; }

    protected override IDisplayPicture NewPicture() => new BackpackPicture(_size.Columns, _size.Rows, _size.BusClock);
}

internal sealed class CustomerDisplayRig : DisplayRig
{
    private readonly string _link;
    private TestTerminal _terminal;

    public CustomerDisplayRig(TimeProvider time, int codePage = 850)
    {
        _link = Files.Path("port");
        _terminal = Plug();
        Display = new CustomerDisplay(new CustomerDisplayOptions(_link, 9600, 20, 2, codePage), time);
    }

    public override ICharacterDisplay Display { get; }

    public override void Lose()
    {
        File.Delete(_link);
        Reader = -1;
        _terminal.HangUp();
    }

    public override void Return() => _terminal = Plug();

    public override void Dispose()
    {
        Reader = -1;
        _terminal.Dispose();
        base.Dispose();
    }

    protected override IDisplayPicture NewPicture() => new PolePicture(20, 2);

    private TestTerminal Plug()
    {
        var terminal = new TestTerminal();
        File.CreateSymbolicLink(_link, terminal.Path);
        Begin(terminal.Master);
        return terminal;
    }
}

internal sealed class TerminalRig : FifoRig
{
    private readonly int _output;

    public TerminalRig(TimeProvider time)
    {
        _output = TestFiles.OpenToWrite(Path);
        Display = new TerminalDisplay(16, 2, _output, time);
    }

    public override ICharacterDisplay Display { get; }

    public override void Dispose()
    {
        base.Dispose();
        TestFiles.Close(_output);
    }

    protected override IDisplayPicture NewPicture() => new FramePicture(16, 2);
}
