using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Setup;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Setup;

// Modes are those of Linux, as is all of the agent.
#pragma warning disable CA1416

/// <summary>A tree to set up, with a person at a real pseudo terminal.</summary>
internal sealed class SetupBench : IDisposable
{
    public const string Known = "/etc/taximeter-agent/config.json";
    public const string ClientSecret = "secret-of-the-client";
    public const string SubscriptionKey = "key-of-the-subscription";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public const uint Group = 4711;

    private readonly string _root = Directory.CreateTempSubdirectory("taximeter-setup-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public SetupBench()
    {
        // As the package leaves it.
        Directory.CreateDirectory(At("etc"));
        File.WriteAllText(At("etc/group"), $"root:x:0:\ntaximeter-agent:x:{Group}:\n");
    }

    /// <summary>What the configuration's mode is to be: only root can give it to the agent's group.</summary>
    public static UnixFileMode ConfigMode => Environment.IsPrivilegedProcess ? SafeFile.GroupReads : SafeFile.Private;

    /// <summary>Answers for a car whose meter has a line, in the order of the questions.</summary>
    public static readonly (string Question, string Answer)[] Answers =
    [
        ("Environment", "test"),
        ("MSN", "123456"),
        ("Client id", "id-of-the-client"),
        ("Client secret", ClientSecret),
        ("Subscription key", SubscriptionKey),
        ("The car's number", "NO-4711-T7"),
        ("prefix", ""),
        ("Country", "NO"),
        ("Language", ""),
        ("How the meter is heard", "tfp1"),
        ("Printer for the customer", ""),
        ("The meter's serial line", "/dev/taximeter-meter"),
        ("Its speed", ""),
        ("Its parity", ""),
        ("own name", ""),
        ("Keypad:", "input-events"),
        ("keypad's device", "/dev/input/taximeter-keypad"),
        ("Display:", "lcd"),
        ("display's device", "/dev/lcd"),
        ("characters in a line", "20"),
        ("Its lines", "4"),
        ("Write this?", "y"),
    ];

    /// <summary>The same once all is there: Enter, again and again.</summary>
    public static IEnumerable<(string Question, string Answer)> Enters => Answers.SkipLast(1).Select(one => (one.Question.TrimEnd(' ', ':'), ""));

    public string Config => _root + Known;

    public string Credentials => Path.Combine(Path.GetDirectoryName(Config)!, "credentials");

    /// <summary>All that the person saw.</summary>
    public string Screen { get; private set; } = "";

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public JsonObject Written => JsonNode.Parse(File.ReadAllText(Config))!.AsObject();

    public string At(string name) => Path.Combine(_root, name);

    /// <summary>Asks a person, who answers one question after the other.</summary>
    /// <param name="answers">What each question is known by, and the answer; null: Ctrl+C.</param>
    public int Ask(IEnumerable<(string Question, string? Answer)> answers, VaultKind? kind = null)
    {
        using var terminal = new TestTerminal();
        var slave = TestFiles.Open(terminal.Path);
        using var stop = new CancellationTokenSource();
        using var writer = new StreamWriter(new FileStream(new SafeFileHandle(slave, ownsHandle: true), FileAccess.Write, bufferSize: 0)) { AutoFlush = true };
        var run = Task.Run(() => Run(kind).AtTerminalAsync(new AskingTerminal(slave, writer), restart: false, stop.Token));
        var seen = new StringBuilder();
        var from = 0;
        foreach (var (question, answer) in answers)
        {
            var end = DateTime.UtcNow + s_patience;
            while (!seen.ToString(from, seen.Length - from).Contains(question, StringComparison.Ordinal))
            {
                Assert.True(DateTime.UtcNow < end && !run.IsCompleted, $"'{question}' was not asked. {Error} The screen:\n{seen}");
                seen.Append(Encoding.UTF8.GetString(TestFiles.TryRead(terminal.Master, 50) ?? []));
            }

            // The rest of the prompt, so that an answer that begins with a question's word is not taken for one.
            seen.Append(Encoding.UTF8.GetString(TestFiles.TryRead(terminal.Master, 20) ?? []));
            from = seen.Length;
            if (answer is null)
                stop.Cancel();
            else
                TestFiles.Write(terminal.Master, Encoding.UTF8.GetBytes(answer + "\n"));
        }

        var over = DateTime.UtcNow + s_patience;
        while (!run.IsCompleted)
        {
            Assert.True(DateTime.UtcNow < over, $"It does not end. {Error} The screen:\n{seen}");
            seen.Append(Encoding.UTF8.GetString(TestFiles.TryRead(terminal.Master, 50) ?? []));
        }

        seen.Append(Encoding.UTF8.GetString(TestFiles.TryRead(terminal.Master, 50) ?? []));
        Screen = seen.ToString();
        return run.GetAwaiter().GetResult();
    }

    /// <summary>Takes a file, as for a fleet.</summary>
    public Task<int> TakeAsync(string json, VaultKind? kind = null, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = At("given.json");
        File.WriteAllText(file, json);
        File.SetUnixFileMode(file, mode);
        return Run(kind).FromFileAsync(file, yes: true, restart: false, CancellationToken.None);
    }

    /// <summary>Every file that was written, the given one not counted, with mode, time of writing and content.</summary>
    public IReadOnlyList<string> Everything() =>
    [
        .. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("given.json" or "group")).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {File.GetUnixFileMode(file)} {File.GetLastWriteTimeUtc(file):O} {File.ReadAllText(file)}"),
    ];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private SetupRun Run(VaultKind? kind)
    {
        var places = new Places(Known, _root);
        return new SetupRun(places, new SetupSession(places, kind, TimeProvider.System), new Report(_output, _error, json: false, terminal: null));
    }
}
