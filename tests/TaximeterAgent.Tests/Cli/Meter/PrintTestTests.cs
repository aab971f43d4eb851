using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Hosting;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Meter.Print;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Meter;

/// <summary><c>meter test</c> and <c>meter watch</c> on the line of a meter that only prints: it is listened to, and nothing is ever said on it.</summary>
public sealed class PrintTestTests : IDisposable
{
    private readonly TestTerminal _terminal = new();
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();
    private readonly StringWriter _text = new();
    private readonly TextWriter _output;
    private readonly StringWriter _error = new();
    private readonly List<byte> _saidToTheMeter = [];

    public PrintTestTests()
    {
        _output = TextWriter.Synchronized(_text);
        _terminal.MakeRaw();
        _configuration.With("Meter:Source", "\"receipt-printer\"").With("Meter:Id", "\"P-88\"").With("Meter:Serial:Port", JsonSerializer.Serialize(_terminal.Path))
            .With("Meter:Printer:Template", "\"narrow-nb\"").With("Meter:Printer:Vat", "1200").With("Meter:Printer:Quiet", "\"00:00:00.200\"")
            .With("Control:Socket", JsonSerializer.Serialize(_files.Path("no-agent.sock")));
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_receipt_is_heard_and_the_meter_hears_nothing()
    {
        Assert.Equal(ExitCode.Ok, await InvokeAsync("meter test --seconds 30", "narrow-nb/plain"));
        Assert.Contains("\nheard: a receipt, ", Output(), StringComparison.Ordinal);
        Assert.EndsWith("(template narrow-nb)\nthe meter is heard\n", Output(), StringComparison.Ordinal);
        Assert.Contains("bytes came; nothing was said to the meter", Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_print_that_the_template_does_not_understand_is_no_success_and_what_to_do_is_said()
    {
        Assert.Equal(ExitCode.NotPossible, await InvokeAsync("meter test --seconds 30", "columns-fi/plain"));
        Assert.Contains("\nheard: a print in doubt", Output(), StringComparison.Ordinal);
        Assert.Contains("meter watch --raw FILE, then meter learn FILE", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_said_to_be_that()
    {
        Assert.Equal(ExitCode.Unavailable, await InvokeAsync("meter test --seconds 1", null));
        Assert.Contains("nothing was printed for 1 seconds", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_without_text_are_bytes_and_no_print()
    {
        Assert.Equal(ExitCode.NotPossible, await InvokeAsync("meter test --seconds 2", null, [0x1B, (byte)'@']));
        Assert.Contains("bytes come, and no line of text", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meter watch --raw {raw}")]
    [InlineData("meter watch --raw {raw} --port {port} --baud 9600")]
    public async Task A_watch_says_each_print_keeps_its_bytes_and_says_nothing_to_the_meter(string command)
    {
        await WatchAsync(command, "printed, fare: a receipt, ");
        Assert.Contains("\"what\":\"bytes\"", File.ReadAllText(_files.Path("raw")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_configuration_a_port_is_only_listened_to_where_that_is_said()
    {
        File.Delete(_configuration.File);
        await WatchAsync("meter watch --raw {raw} --port {port} --listen --socket {none}", "(template narrow-nb)");
        Assert.Empty(_saidToTheMeter);
    }

    [Fact]
    public async Task The_line_that_the_agent_sits_in_is_not_taken()
    {
        _configuration.With("Meter:Serial:Port", null).With("Printer:Kind", "\"escpos\"").With("Printer:Port", "\"/dev/ttyUSB8\"")
            .With("Printer:MeterPort", JsonSerializer.Serialize(_terminal.Path)).With("Printer:Bypass", "\"dtr\"");
        Assert.Equal(ExitCode.Unavailable, await InvokeAsync("meter test", null));
        Assert.Contains("only the running agent may take that line", _error.ToString(), StringComparison.Ordinal);
    }

    private async Task WatchAsync(string command, string until)
    {
        using var stop = new CancellationTokenSource();
        var watch = InvokeAsync(command, "narrow-nb/plain", stop: stop);
        for (var glance = 0; glance < 3000 && !watch.IsCompleted && !Output().Contains(until, StringComparison.Ordinal); glance++)
            await Task.Delay(10);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await watch);
        Assert.Contains(until, Output(), StringComparison.Ordinal);
    }

    // The meter prints again and again; whatever comes back on the wire is kept, and must be nothing.
    private async Task<int> InvokeAsync(string command, string? sample, byte[]? other = null, CancellationTokenSource? stop = null)
    {
        using var done = new CancellationTokenSource();
        var bytes = sample is null ? other ?? [] : Samples.Bytes(sample);
        var meter = new Thread(() => Play(bytes, done.Token));
        meter.Start();
        try
        {
            var words = command.Replace("{raw}", _files.Path("raw"), StringComparison.Ordinal).Replace("{none}", _files.Path("no-agent.sock"), StringComparison.Ordinal).Replace("{port}", _terminal.Path, StringComparison.Ordinal).Split(' ');
            return await CommandLine.InvokeAsync([.. words, "--config", _configuration.File], AgentHost.RunAsync, _output, _error, stop?.Token ?? default);
        }
        finally
        {
            await done.CancelAsync();
            meter.Join();
            Assert.Empty(_saidToTheMeter);
        }
    }

    private void Play(byte[] bytes, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            if (bytes.Length > 0)
                TestFiles.TryWrite(_terminal.Master, bytes);
            _saidToTheMeter.AddRange(TestFiles.ReadWithin(_terminal.Master, milliseconds: 500));
        }
    }

    private string Output()
    {
        lock (_output)
            return _text.ToString();
    }
}
