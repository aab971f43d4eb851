using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Control;

/// <summary>What a command can still say where no agent answers: it reads a copy of the database, as whoever may read that, and says so.</summary>
/// <param name="directory">The outbox's; asked for only when it is needed.</param>
/// <param name="error">Where it is said.</param>
/// <param name="time">The car's clock.</param>
internal sealed class WithoutAgent(Func<string> directory, TextWriter error, TimeProvider time)
{
    /// <summary>Reads what the agent was asked for from a copy.</summary>
    /// <param name="why">How the agent failed.</param>
    /// <param name="socket">Where it was asked.</param>
    /// <param name="read">Makes the answer.</param>
    /// <param name="stop">Ctrl+C; the copy goes then too.</param>
    /// <exception cref="CommandFailedException">Neither can be had.</exception>
    public async Task<(T Value, string Json)> ReadAsync<T>(
        CommandFailedException why, string socket, Func<CopiedOutbox, Task<Answer<T>>> read, CancellationToken stop)
        where T : class
    {
        var agent = why.NoAgent ? $"no agent runs at {socket}" : $"the agent at {socket} does not answer";
        using var outbox = Copy(agent, stop);
        await error.WriteLineAsync($"{CommandLine.Name}: {agent}; this is read from a copy of {Text.Line(outbox.Source.Database)}, made at {Text.Time(outbox.Source.At)}");
        if (!(await read(outbox)).Succeeded(out var problem, out var value))
            throw problem.Error == Problem.Unreadable("").Error ? new CommandFailedException(ExitCode.InputOutput, problem.Message) : AgentClient.Refused(problem);
        return (value, JsonSerializer.Serialize(value, (JsonTypeInfo<T>)AnswerJson.Context.GetTypeInfo(typeof(T))!));
    }

    private CopiedOutbox Copy(string agent, CancellationToken stop)
    {
        var place = directory();
        using var patience = Waiting.Tell(error, $"{agent}; copying the database in {place}", time);
        try
        {
            return new CopiedOutbox(OutboxCopy.Make(place, time, stop));
        }
        catch (OutboxUnusableException e)
        {
            throw Unusable(e, $"{agent}, and {e.Message}");
        }
    }

    /// <summary>An outbox that cannot be used, as a command says it.</summary>
    public static CommandFailedException Unusable(OutboxUnusableException e, string message)
    {
        if (e.Trouble == OutboxTrouble.Forbidden)
            message += PosixFiles.OwnerOf(e.File) is { } owner ? $"; run this as root or as {owner}: sudo -u {owner} {CommandLine.Name} …" : "; run this as root";
        return new CommandFailedException(ExitCodeOf(e.Trouble), message, inner: e);
    }

    private static int ExitCodeOf(OutboxTrouble trouble) => trouble switch
    {
        OutboxTrouble.Missing => ExitCode.Unavailable,
        OutboxTrouble.Forbidden => ExitCode.NoPermission,
        OutboxTrouble.InUse or OutboxTrouble.Moving => ExitCode.TryAgain,
        _ => ExitCode.InputOutput,
    };
}
