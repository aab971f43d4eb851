using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Simulator.Drive;
using TaximeterAgent.Simulator.Tests.Car;

namespace TaximeterAgent.Simulator.Tests.Drive;

/// <summary>The program itself on a pseudo terminal, as a person has it: keys in, escape sequences out.</summary>
public sealed partial class PtyTests : IAsyncDisposable
{
    private const int Columns = 80;
    private const int Rows = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;
    private readonly TextScreen _screen = new(Columns, Rows);
    private Process? _script;
    private Task _reading = Task.CompletedTask;

    [GeneratedRegex(@"▶ Press (\S+ \S+ \S+) Enter")]
    private static partial Regex NumberToKey { get; }

    [GeneratedRegex(@"trip (\d+)")]
    private static partial Regex Trip { get; }

    public async ValueTask DisposeAsync()
    {
        if (_script is { } script)
        {
            if (!script.HasExited)
                script.Kill(entireProcessTree: true);
            await script.WaitForExitAsync();
            await _reading;
            script.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_newcomer_follows_the_hints_to_a_first_payment_and_leaves_a_clean_terminal()
    {
        Start();
        await PressWhenAskedAsync("▶ Press h ", "h");
        await PressWhenAskedAsync("▶ Press s ", "s");
        await SeeAsync(() => NumberToKey.IsMatch(_screen.Text), "the number to key");
        Assert.False(_screen.ApplicationKeys);
        string number = NumberToKey.Match(_screen.Text).Groups[1].Value;
        Press(number.Replace(" ", "", StringComparison.Ordinal));
        await PressWhenAskedAsync("▶ Press Enter ", "\r");
        await SeeAsync(() => _screen.Text.Contains("▶ Press a ", StringComparison.Ordinal), "the request on the phone");
        // A larger window meanwhile.
        _screen.Resize(120, 40);
        await StandardTtyAsync("rows 40 cols 120");
        await SeeAsync(() => _screen.Text.Contains("What happens", StringComparison.Ordinal), "the larger picture");
        Press("q");
        await PressWhenAskedAsync("▶ Press y ", "n");
        await PressWhenAskedAsync("▶ Press a ", "a");
        await SeeAsync(() => _screen.Text.Contains("▶ Press f ", StringComparison.Ordinal), "the end of it");
        await SeeAsync(() => _screen.Text.Contains("0 to do", StringComparison.Ordinal), "the outbox with nothing left to do");
        string drawn = _screen.Text;
        Assert.Matches(@"│PAID {12}│", drawn);
        Assert.Matches(Trip.Match(drawn).Groups[1].Value + @"-1 +\d+,\d\d CAPTURED", drawn);
        string[] amounts = [.. AnyAmount.Matches(drawn[..drawn.IndexOf("What happens", StringComparison.Ordinal)]).Select(match => match.Value).Distinct()];
        Assert.Single(amounts);
        Assert.Contains("no rule broken", drawn);
        Assert.Empty(Directory.GetFiles(_folder, "exit"));
        Press("q");
        await EndAsync(0);
    }

    [Theory]
    [InlineData("Ctrl-C")]
    [InlineData("SIGTERM")]
    [InlineData("SIGHUP")]
    public async Task Whichever_way_it_is_stopped_it_leaves_a_clean_terminal(string way)
    {
        Start();
        await SeeAsync(() => _screen.Text.Contains("▶ Press h ", StringComparison.Ordinal), "the car");
        if (way == "Ctrl-C")
            Press("\u0003");
        else
            await RunAsync("sh", "-c", $"kill -{way[3..]} $(cat {_folder}/pid)");
        await EndAsync(0);
    }

    [Theory]
    [InlineData("TERM=dumb", "")]
    [InlineData("TERM=xterm", "< /dev/null")]
    [InlineData("TERM=xterm", "| cat")]
    public async Task Without_a_terminal_that_can_show_it_the_scenario_is_played_as_before(string environment, string redirection)
    {
        Start(environment, redirection);
        await EndAsync(0);
        Assert.Contains("PASS manual-entry", _screen.Shell);
    }

    [GeneratedRegex(@"\d+,\d\d")]
    private static partial Regex AnyAmount { get; }

    /// <summary>What the shell finds before and after it stands in files: the settings, the exit code.</summary>
    private void Start(string environment = "TERM=xterm-256color", string redirection = "")
    {
        string program = typeof(CarView).Assembly.Location;
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        string commands = string.Join("; ",
            $"stty rows {Rows} cols {Columns}",
            $"tty > {_folder}/tty",
            $"stty -a > {_folder}/before",
            $"sh -c 'echo $$ > {_folder}/pid; exec env {environment} TMPDIR={_folder} {dotnet} {program} {redirection}'",
            $"echo $? > {_folder}/code",
            $"stty -a > {_folder}/after",
            $"mv {_folder}/code {_folder}/exit");
        _script = Process.Start(new ProcessStartInfo("script", ["-q", "-e", "-f", "-E", "never", "-c", commands, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        _reading = ReadAsync(_script.StandardOutput);
    }

    private async Task ReadAsync(StreamReader output)
    {
        char[] buffer = new char[4096];
        int count;
        while ((count = await output.ReadAsync(buffer)) > 0)
            _screen.Write(new string(buffer, 0, count));
    }

    private void Press(string keys)
    {
        _script!.StandardInput.Write(keys);
        _script.StandardInput.Flush();
    }

    private async Task PressWhenAskedAsync(string hint, string keys)
    {
        await SeeAsync(() => _screen.Text.Contains(hint, StringComparison.Ordinal), hint);
        Press(keys);
    }

    private async Task SeeAsync(Func<bool> seen, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!seen())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(120))
                Assert.Fail($"{what} never came; the shell said '{_screen.Shell}', and this stood there:\n{_screen.Text}");
            await Task.Delay(20);
        }
    }

    private async Task EndAsync(int code)
    {
        string exit = Path.Combine(_folder, "exit");
        await SeeAsync(() => File.Exists(exit), "its end");
        Assert.Equal($"{code}\n", await File.ReadAllTextAsync(exit));
        string before = await File.ReadAllTextAsync(Path.Combine(_folder, "before"));
        string after = await File.ReadAllTextAsync(Path.Combine(_folder, "after"));
        Assert.Contains("icanon", before);
        Assert.Equal(before, after.Replace("rows 40; columns 120", "rows 24; columns 80", StringComparison.Ordinal));
        await _script!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await _reading;
        Assert.Equal(
            (false, false, true, false, false), (_screen.Alternate, _screen.CursorHidden, _screen.Wraps, _screen.Coloured, _screen.Overflowed));
        Assert.Empty(Directory.GetDirectories(_folder)); // the car's files are gone
    }

    private async Task StandardTtyAsync(string settings) => await RunAsync("sh", "-c", $"stty {settings} < $(cat {_folder}/tty)");

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, process.ExitCode);
    }
}
