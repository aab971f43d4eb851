using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Diagnostics.Examination;

namespace TaximeterAgent.Cli.Doctor;

/// <summary>What is asked before anybody looks: the agent, systemd, the configuration.</summary>
internal static class Admission
{
    /// <param name="file">The configuration.</param>
    /// <param name="client">Asks the agent.</param>
    /// <param name="limit">How long the meter may be listened to, and each step of the network take.</param>
    /// <param name="stop">Ctrl+C.</param>
    public static async Task<Patient> OfAsync(string file, AgentClient client, TimeSpan limit, CancellationToken stop)
    {
        StatusReport? status = null;
        var away = false;
        try
        {
            (status, _) = await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        }
        catch (CommandFailedException e) when (e.ExitCode is ExitCode.Unavailable or ExitCode.TryAgain)
        {
            away = e.NoAgent;
        }

        var configuration = ConfigurationLoader.Load(file);
        return new Patient
        {
            Configuration = configuration,
            Status = status,
            Agent = client,
            AgentIsAway = away,
            Unit = await SystemdUnit.AskAsync(stop),
            Directory = configuration.TextOf(Keys.OutboxDirectory),
            Limit = limit,
            Time = TimeProvider.System,
        };
    }
}
