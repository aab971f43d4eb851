using System.CommandLine;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary>
/// What all commands that talk to the running agent have in common: <c>--socket</c>, <c>--json</c>, the ways to fail and their exit codes. A command is its
/// arguments and one function.
/// </summary>
internal static class AgentCommand
{
    /// <summary>Does the command's work with a client; gives the exit code.</summary>
    public delegate Task<int> Work(ParseResult parsed, AgentClient client, Report report, CancellationToken stop);

    public static Command Build(string name, string description, Option<string> file, Work work)
    {
        var socket = SocketPath.Option();
        var json = new Option<bool>("--json") { Description = "The agent's answer as JSON." };
        var command = new Command(name, description) { socket, json };
        command.SetAction((parsed, stop) => LocalCommand.GuardAsync(parsed, json, async report =>
        {
            using var client = new AgentClient(SocketPath.Of(parsed, socket, file), report.Error) { WithoutAgent = Offline(parsed, socket, file, report.Error) };
            return await work(parsed, client, report, stop);
        }, stop));
        return command;
    }

    // A socket that was named belongs to an agent whose database only a configuration that was named too can tell.
    private static WithoutAgent? Offline(ParseResult parsed, Option<string?> socket, Option<string> file, TextWriter error) =>
        parsed.GetValue(socket) is null || ConfiguredKey.IsNamed(parsed, file)
            ? new WithoutAgent(() => ConfiguredKey.Of(parsed, file, Keys.OutboxDirectory), error, TimeProvider.System)
            : null;

    /// <summary>An argument that names a trip.</summary>
    public static Argument<string> Trip() => new("trip") { Description = "The meter's trip number if it is unique, else meter/trip/start; or a booking's name." };

    /// <summary>The path of a trip.</summary>
    public static string PathOf(string trip) => $"/v1/trips/{Uri.EscapeDataString(trip)}";

    /// <summary>The trip, from the running agent: what a person is asked about before something is done with it.</summary>
    public static async Task<TripDetailReport> TripAsync(string trip, AgentClient client, CancellationToken stop) =>
        (await client.GetAsync(PathOf(trip), ControlJson.Default.TripDetailReport, stop)).Value;

    /// <summary>Which trip it is and what comes next for it, in a line of a question.</summary>
    public static string Standing(TripDetailReport trip) =>
        $"Trip {Text.Line(trip.Summary.Id)}{(trip.Summary.Total is { } total ? $", {Text.Money(total, trip.Summary.Currency)}" : "")}; next: {Text.Line(trip.Next.Text)}.";
}
