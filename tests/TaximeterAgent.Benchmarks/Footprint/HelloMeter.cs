using System.Diagnostics;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Footprint;

/// <summary>A meter that says HELLO every 20 ms until it is answered.</summary>
internal sealed class HelloMeter : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly PseudoTerminal _line = new();
    private readonly StringBuilder _heard = new();
    private readonly TaskCompletionSource<long> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Timer? _again;

    public HelloMeter() => _line.Received += Received;

    public string Path => _line.Path;

    /// <summary>The moment of the answer, as a monotonic timestamp.</summary>
    public Task<long> AnswerAsync()
    {
        var hello = Tfp1.Frame("HELLO|0|proto=1|meter=NO-4711|model=SIM-1|fw=1.0");
        _again = new Timer(_ => _line.Write(hello), null, TimeSpan.Zero, s_every);
        return _answered.Task;
    }

    public void Dispose()
    {
        _again?.Dispose();
        _line.Dispose();
    }

    private void Received(ReadOnlyMemory<byte> bytes)
    {
        var at = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            // The agent says its own HELLO as well.
            if (_heard.Append(Encoding.ASCII.GetString(bytes.Span)).ToString().Contains("\x02" + "ACK|0|", StringComparison.Ordinal))
                _answered.TrySetResult(at);
        }
    }
}
