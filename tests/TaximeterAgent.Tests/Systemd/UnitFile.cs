using System.Diagnostics;
using System.Text.RegularExpressions;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Systemd;

/// <summary>The unit as it is in the repository, or with a line changed, as the installed systemd judges it.</summary>
internal sealed partial class UnitFile : IDisposable
{
    /// <summary>What is installed, from the root of the repository.</summary>
    public const string Folder = "systemd";

    private readonly TestFiles _files = new();
    private readonly string _program;

    private UnitFile(string program, string text)
    {
        _program = program;
        Text = text;
    }

    public string Text { get; }

    /// <summary>The unit of a program, which has its name.</summary>
    public static UnitFile Read(string program = "taximeter-agent") => new(program, Of(program + ".service"));

    /// <summary>A file below <see cref="Folder"/>.</summary>
    public static string Of(string name) => File.ReadAllText(Path.Combine(Repository.Root, Folder, name));

    /// <summary>The values of a key, in their order; comments are none.</summary>
    public IReadOnlyList<string> Values(string key) => [.. Text.Split('\n').Where(line => line.StartsWith(key + "=", StringComparison.Ordinal)).Select(line => line[(key.Length + 1)..])];

    /// <summary>The same with the lines of a key gone.</summary>
    public UnitFile Without(string key)
    {
        Assert.NotEmpty(Values(key));
        return new UnitFile(_program, string.Join('\n', Text.Split('\n').Where(line => !line.StartsWith(key + "=", StringComparison.Ordinal))));
    }

    public UnitFile With(string from, string to)
    {
        Assert.Contains(from, Text, StringComparison.Ordinal);
        return new UnitFile(_program, Text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>What <c>systemd-analyze security</c> gives it: 0 is nothing left to take away, 10 is everything allowed.</summary>
    public double Exposure()
    {
        var (_, output, error) = Analyze("security", "--offline=true", "--no-pager");
        var told = ExposureLine().Match(output);
        Assert.True(told.Success, output + error);
        return double.Parse(told.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What <c>systemd-analyze verify</c> says of it; the program, which is not installed here, is one that is.</summary>
    public (int Code, IReadOnlyList<string> Lines) Verify()
    {
        using var here = With($"ExecStart=/usr/bin/{_program} run", "ExecStart=/bin/true run");
        var (code, output, error) = here.Analyze("verify", "--man=no");
        return (code, [.. (output + error).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }

    public void Dispose() => _files.Dispose();

    private (int Code, string Output, string Error) Analyze(string verb, params string[] options)
    {
        var file = _files.Path(_program + ".service");
        File.WriteAllText(file, Text);
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", [verb, .. options, file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    [GeneratedRegex(@"Overall exposure level for \S+: ([0-9]+\.[0-9])")]
    private static partial Regex ExposureLine();
}
