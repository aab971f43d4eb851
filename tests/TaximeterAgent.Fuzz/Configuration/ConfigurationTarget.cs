using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Fuzz;

/// <summary>Reads a configuration; the agent's own, or one that a test has spoilt.</summary>
internal delegate ConfigurationReport ConfigurationReading(string file, IReadOnlyDictionary<string, string> environment);

/// <summary>Configuration files and variables that are wrong in any way.</summary>
internal sealed partial class ConfigurationTarget : IFuzzTarget
{
    /// <summary>Between the file and each variable, in an input.</summary>
    private const byte Separator = 0x1E;

    private const int LongestFault = 1_000;

    private static readonly string[] s_files = [ReferencePage.SmallestFile, ConfigurationSamples.Full, ConfigurationSamples.Simulated];
    private static readonly byte[][] s_bytes = [.. s_files.Select(Encoding.UTF8.GetBytes)];
    private static readonly HashSet<string> s_plainNames = [.. Keys.All.Where(key => !key.Secret).Select(key => key.Name[(key.Name.LastIndexOf(':') + 1)..])];

    private readonly ConfigurationReading _load;
    private readonly DirectoryInfo _directory = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/taximeter-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}") : Directory.CreateTempSubdirectory("taximeter-fuzz-");

    public ConfigurationTarget(ConfigurationReading load)
    {
        _load = load;
        Parts = [new FuzzPart("file", Budget.OfRuns(5_000), Budget.OfRuns(1_000_000), 1, Make, Judge)];
    }

    public string Name => "configuration";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public ValueTask StartAsync() => ValueTask.CompletedTask;

    public IReadOnlyList<string> Conclude() => [];

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static byte[] Make(Dice dice)
    {
        var input = new List<byte>(dice.Below(10) switch
        {
            0 => dice.Of(s_bytes),
            1 or 2 or 3 => ByteMutator.Mutate(dice, dice.Of(s_bytes), 4, s_bytes, 80_000),
            4 => [.. "\uFEFF"u8, .. dice.Of(s_bytes)],
            5 => Valued(dice, dice.Of(s_files)),
            6 => Valued(dice, dice.Of(s_files)),
            _ => JsonMutator.Mutate(dice, dice.Of(s_files), 2),
        });
        input.RemoveAll(value => value == Separator);
        for (var count = dice.OneIn(2) ? dice.Below(4) : 0; count > 0; count--)
        {
            input.Add(Separator);
            var key = dice.Of(Keys.All);
            var variable = dice.OneIn(8) ? "TAXIMETER_" + key.Name : key.Variable;
            input.AddRange(ByteMutator.Mutate(dice, Encoding.UTF8.GetBytes($"{variable}={Value(dice, key)}"), dice.OneIn(3) ? 2 : 1, [], 300).Where(value => value != Separator));
        }

        return [.. input];
    }

    // One value of the file becomes another that may do: durations and numbers at the edge of what is allowed.
    private static byte[] Valued(Dice dice, string file)
    {
        var values = ValueForm().Matches(file);
        var chosen = values[dice.Below(values.Count)];
        var key = Keys.All.FirstOrDefault(key => key.Name.EndsWith(":" + chosen.Groups[1].Value, StringComparison.Ordinal));
        if (key is null)
            return Encoding.UTF8.GetBytes(file);
        var value = Value(dice, key);
        var written = key.Shape == ValueShape.Text ? $"\"{value}\"" : value;
        return Encoding.UTF8.GetBytes(string.Concat(file.AsSpan(0, chosen.Groups[2].Index), written, file.AsSpan(chosen.Groups[2].Index + chosen.Groups[2].Length)));
    }

    private static string Value(Dice dice, ConfigurationKey key)
    {
        // What the key says of itself: the edges that it names.
        var named = WordForm().Matches(key.Expected).Select(word => word.Value).ToList();
        return dice.Below(4) switch
        {
            0 when key.Default is { } standard => standard,
            1 or 2 when named.Count > 0 => dice.Of(named),
            _ => dice.Of(ConfigurationSamples.Values),
        };
    }

    private ValueTask<bool> Judge(byte[] input)
    {
        var pieces = Split(input);
        var path = Path.Combine(_directory.FullName, "config.json");
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, []);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllBytes(path, pieces[0]);
        var environment = new Dictionary<string, string>();
        foreach (var piece in pieces.Skip(1).Select(Encoding.UTF8.GetString))
            environment[piece.Split('=', 2)[0]] = piece.Contains('=') ? piece.Split('=', 2)[1] : "";
        var report = _load(path, environment);
        Check.That(report.Options is null == report.Faults.Length > 0, "options with a fault, or neither");
        foreach (var fault in report.Faults)
            JudgeFault(fault, path, environment);
        JudgeSecrets(report, Encoding.UTF8.GetString(input));
        if (report.Options is { } options)
            ConfigurationBounds.Judge(options);
        return ValueTask.FromResult(report.Options is not null);
    }

    private static void JudgeFault(ConfigurationFault fault, string path, Dictionary<string, string> environment)
    {
        var named = Keys.ByName.ContainsKey(fault.Where) || fault.Where == path || environment.ContainsKey(fault.Where)
            || fault.Found.StartsWith("an unknown key", StringComparison.Ordinal) || fault.Found.StartsWith("the name a second time", StringComparison.Ordinal)
            || (Keys.Sections.Contains(fault.Where) && fault.Found.StartsWith("a value", StringComparison.Ordinal));
        Check.That(named, $"a fault names nothing that is there: {fault}");
        Check.That(fault.Expected.Length > 0 && fault.Found.Length > 0, "a fault does not say what was found and what belongs there");
        var line = fault.ToString();
        Check.That(!line.Any(char.IsControl) && line.Length < LongestFault, $"a fault is not one line of some length: {line.Length}");
    }

    // A secret that stands where no secret belongs cannot be known for one; everywhere else it is not shown.
    private static void JudgeSecrets(ConfigurationReport report, string input)
    {
        List<string> shown = [.. report.Faults.Select(fault => fault.ToString()), .. report.Entries.Select(entry => entry.Text ?? ""), report.Options?.ToString() ?? ""];
        foreach (var secret in ConfigurationSamples.Secrets.Where(secret => shown.Exists(text => text.Contains(secret, StringComparison.Ordinal))))
        {
            var names = Regex.Matches(input, $"\"([^\"]*)\"\\s*:\\s*\"{Regex.Escape(secret)}\"");
            Check.That(
                Regex.Count(input, Regex.Escape(secret)) != names.Count || names.Any(name => s_plainNames.Contains(name.Groups[1].Value)),
                "a secret is shown");
        }

        foreach (var entry in report.Entries.Where(entry => entry.Key.Secret && entry.Text is not null))
            Check.That(entry.Text == ConfigurationReport.Masked, $"a secret's entry is not masked: {entry.Key.Name}");
    }

    private static List<byte[]> Split(byte[] input)
    {
        var pieces = new List<byte[]>();
        var rest = input.AsSpan();
        for (var end = rest.IndexOf(Separator); end >= 0; end = rest.IndexOf(Separator))
        {
            pieces.Add(rest[..end].ToArray());
            rest = rest[(end + 1)..];
        }

        pieces.Add(rest.ToArray());
        return pieces;
    }

    [GeneratedRegex("\"([A-Za-z]+)\"\\s*:\\s*(\"[^\"]*\"|[0-9]+|true|false)", RegexOptions.CultureInvariant)]
    private static partial Regex ValueForm();

    [GeneratedRegex(@"[0-9.:]*[0-9]|true|false|(?<="")[a-zA-Z0-9-]+(?="")", RegexOptions.CultureInvariant)]
    private static partial Regex WordForm();
}
