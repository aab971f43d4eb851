using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Cli.Setup;

/// <summary>One run of <c>setup</c>: reads what there is, asks or takes a file, checks, writes.</summary>
/// <param name="places">Where.</param>
/// <param name="kind">How secrets shall be kept; null: as they are.</param>
/// <param name="time">The clock.</param>
internal sealed class SetupSession(Places places, VaultKind? kind, TimeProvider time)
{
    /// <summary>Answers that break rules between each other are asked for so often.</summary>
    private const int RoundsMaximum = 20;

    private readonly Vault _vault = new(places);
    private Dictionary<ConfigurationKey, string> _secretsBefore = [];
    private Draft _draft = null!;

    /// <summary>The configuration as it will be.</summary>
    public ConfigurationReport Report { get; private set; } = null!;

    /// <summary>Secrets of the file that become credentials.</summary>
    public IReadOnlyList<string> Moved { get; private set; } = [];

    private VaultKind Kind => kind ?? _vault.Present;

    /// <summary>Reads what there is.</summary>
    /// <exception cref="SetupFaultsException">The present file cannot be used.</exception>
    public async Task ReadAsync(CancellationToken stop)
    {
        byte[]? bytes;
        try
        {
            if (Directory.Exists(places.Config))
                throw new IOException("it is a directory");
            bytes = SafeFile.Read(places.Config);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                fault is UnauthorizedAccessException ? ExitCode.NoPermission : ExitCode.InputOutput, $"{places.Config} cannot be read ({fault.Message}); run this as root", inner: fault);
        }

        if (!Draft.TryRead(bytes, out var draft))
            throw new SetupFaultsException([.. ConfigurationLoader.Check(places.Config, bytes!, new Dictionary<ConfigurationKey, string>()).Faults.Where(fault => !IsMissing(fault))]);
        _draft = draft;
        Moved = draft.MoveSecretsOut();
        _secretsBefore = await _vault.ReadAsync(stop);
        foreach (var (key, text) in _secretsBefore)
            draft.Set(key, text);
    }

    /// <summary>Asks a person. Nothing is written by it.</summary>
    /// <exception cref="SetupFaultsException">The present file has a fault that no question mends.</exception>
    public void Ask(AskingTerminal terminal, CancellationToken stop)
    {
        var questions = new Questions(new Candidates(new InputCalls())).All;
        // Found before anything is asked: nobody answers thirty questions for nothing.
        var beyond = Check().Faults.Where(fault => questions.All(question => question.Key.Name != fault.Where)).ToList();
        if (beyond.Count > 0)
            throw new SetupFaultsException(beyond);
        var interview = new Interview(terminal, _draft, questions);
        interview.AskAll(stop);
        for (var round = 0; Check().Faults is { Length: > 0 } faults; round++)
        {
            if (round == RoundsMaximum || !interview.AskAgain(faults, stop))
                throw new SetupFaultsException(faults);
        }

        Report = Check();
    }

    /// <summary>Takes a file's values over those that are there.</summary>
    /// <exception cref="SetupFaultsException">All that is wrong.</exception>
    public void Take(string file)
    {
        var collected = new Collected();
        FileSource.Collect(file, collected);
        byte[]? bytes = null;
        if (collected.Complete)
        {
            try
            {
                bytes = SafeFile.Read(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                collected.Fault(file, "a file that cannot be read", "a readable JSON file");
            }
        }

        var faults = collected.Faults.ToList();
        if (bytes is not null && Draft.TryRead(bytes, out var given))
        {
            given.MoveSecretsOut();
            _draft.Take(given);
            // What the given file itself gets wrong is told once, by its own name and line.
            faults.AddRange(Check().Faults.Where(fault => faults.All(told => told.Where != fault.Where)));
        }

        if (faults.Count > 0)
            throw new SetupFaultsException(faults);
        Report = Check();
    }

    /// <summary>What is to be written; nothing is yet.</summary>
    public async Task<Writing.Plan> PlanAsync(CancellationToken stop) => new Writing(places, time).Compare(
        _draft.Write(), await _vault.PlanAsync(Kind, _secretsBefore, _draft.Secrets, stop), _vault.Outdated(Kind));

    /// <summary>Writes it.</summary>
    public IReadOnlyList<string> Write(Writing.Plan plan) => new Writing(places, time).Do(plan);

    /// <summary>Looks at all of it.</summary>
    public Task<IReadOnlyList<SetupStep>> CheckAsync(TextWriter error, CancellationToken stop) =>
        new SetupCheck(places, Report.Options!, Report.Secrets, error, time).RunAsync(stop);

    /// <summary>A text without the secrets.</summary>
    public string Redacted(string text) => _draft is null ? text : new Redaction([.. _draft.Secrets.Values.Where(secret => secret.Length > 0)]).Mask(text);

    private ConfigurationReport Check() => ConfigurationLoader.Check(places.Config, _draft.Write(), _draft.Secrets);

    private static bool IsMissing(ConfigurationFault fault) => fault.Found == "nothing";
}

/// <summary>The configuration is wrong: everything, one line each. Nothing was written.</summary>
internal sealed class SetupFaultsException(IReadOnlyList<ConfigurationFault> faults) : Exception
{
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
