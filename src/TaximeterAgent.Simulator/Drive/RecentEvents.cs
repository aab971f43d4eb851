using System.Text;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>The last lines of what happened, for the screen; all of them go to a file, if one is kept.</summary>
internal sealed class RecentEvents : TextWriter
{
    /// <summary>More than any terminal has rows for.</summary>
    private const int Most = 200;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private StreamWriter? _file;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new NotSupportedException("events are written in whole lines");

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            _file?.WriteLine(value);
            _lines.Enqueue(value ?? "");
            if (_lines.Count > Most)
                _lines.Dequeue();
        }
    }

    public Rows<string> Last(int count)
    {
        lock (_gate)
            return Rows.Of(_lines.Skip(Math.Max(0, _lines.Count - count)));
    }

    /// <summary>From now on everything is written there too.</summary>
    public void KeepIn(string path)
    {
        lock (_gate)
            _file = new StreamWriter(path) { AutoFlush = true };
    }

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
            _file?.Dispose();
        base.Dispose(disposing);
    }
}
