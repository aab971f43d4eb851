using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>A display as the driver sees it, and the wire to it. Reads only when it is asked what it shows.</summary>
internal abstract class DisplayRig : IDisposable
{
    private const int GlanceMilliseconds = 20;
    private const int GlancesMaximum = 3000;

    private IDisplayPicture? _picture;

    public abstract ICharacterDisplay Display { get; }

    /// <summary>What a display that has just got power makes of the bytes.</summary>
    public IDisplayPicture Picture => _picture ??= NewPicture();

    /// <summary>Bytes that have come so far.</summary>
    public int Bytes { get; private set; }

    protected TestFiles Files { get; } = new();

    /// <summary>The descriptor that the display reads, or -1 while it is away.</summary>
    protected int Reader { get; set; } = -1;

    /// <summary>The display is taken away.</summary>
    public abstract void Lose();

    /// <summary>It is brought back, or another like it: without any memory.</summary>
    public abstract void Return();

    /// <summary>A brown-out: the display begins anew and nobody is told.</summary>
    public void BrownOut()
    {
        while (Take(0))
        {
        }

        _picture = null;
    }

    /// <summary>Waits until it shows these lines.</summary>
    public void Shows(params string[] lines)
    {
        var expected = Enumerable.Range(0, Display.Rows).Select(row => (row < lines.Length ? lines[row] : "").PadRight(Display.Columns)).ToList();
        for (var glance = 0; glance < GlancesMaximum; glance++)
        {
            while (Take(GlanceMilliseconds))
            {
            }

            if (Picture.Lines().SequenceEqual(expected))
                return;
        }

        Assert.Equal(expected, Picture.Lines());
    }

    public virtual void Dispose()
    {
        Display.Dispose();
        if (Reader >= 0)
            TestFiles.Close(Reader);
        Files.Dispose();
    }

    protected abstract IDisplayPicture NewPicture();

    protected void Begin(int reader)
    {
        Reader = reader;
        _picture = null;
    }

    private bool Take(int milliseconds)
    {
        if (Reader < 0 || TestFiles.TryRead(Reader, milliseconds) is not { } bytes)
            return false;
        Bytes += bytes.Length;
        Picture.Write(bytes);
        return true;
    }
}

/// <summary>A display at a FIFO.</summary>
internal abstract class FifoRig : DisplayRig
{
    protected FifoRig()
    {
        Path = Files.Fifo("display");
        Begin(TestFiles.Open(Path));
    }

    protected string Path { get; }

    public override void Lose()
    {
        TestFiles.Close(Reader);
        Reader = -1;
    }

    public override void Return() => Begin(TestFiles.Open(Path));
}
