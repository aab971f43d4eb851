using System.Globalization;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>Does the agent run, and for how long without a fall.</summary>
internal sealed class ServiceExamination : Examination
{
    /// <summary>A service that was started anew so often did not fall by chance.</summary>
    private const int Falls = 3;

    /// <summary>One that has stood for so long since has got over it.</summary>
    private static readonly TimeSpan s_stands = TimeSpan.FromMinutes(10);

    private const string Start = "start it: systemctl start taximeter-agent";

    private static string Logs { get; } = Grade.Command("logs --level warning");

    public override string Part => CarHealth.Service;

    public override string WaitsFor => "systemd's word about the service";

    public override Task<Examined> LookAsync(Patient patient, CancellationToken stop) => Task.FromResult(Judge(patient) is { } finding ? Examined.Found(finding) : Examined.Well);

    private Finding? Judge(Patient patient)
    {
        var unit = patient.Unit;
        if (patient.Status is { } status)
        {
            var stands = TimeSpan.FromSeconds(status.Clock.UptimeSeconds);
            // How it ended is forgotten by systemd as soon as it runs again.
            if (unit is { Restarts: >= Falls } && stands < s_stands)
            {
                return Finding.Red(
                    FindingKind.ServiceLooping, Part, $"runs for {Roughly.Long(stands)} after {Times(unit)}", "it falls and is started anew each time; its log says why, before each start", Logs);
            }

            return status.Version == Banner.Version
                ? null
                : Finding.Yellow(
                    FindingKind.ServiceOutdated, Part, $"{status.Version} runs, {Banner.Version} is installed", "the agent was not started anew after an update",
                    "systemctl restart taximeter-agent");
        }

        var nothing = $"nothing answers at {patient.Agent.Socket}";
        return unit switch
        {
            null when !patient.AgentIsAway => Silent(nothing),
            null => Finding.Red(FindingKind.ServiceStopped, Part, nothing, "nobody runs the agent, and there is no systemd to do so", $"start it: {Grade.Command("run")}"),
            { LoadState: "not-found" } => Finding.Red(FindingKind.ServiceMissing, Part, "systemd does not know the service", "the package is not installed, or not wholly", "install the package anew"),
            { LoadState: "masked" } => Finding.Red(
                FindingKind.ServiceMissing, Part, "the service is masked", "somebody has forbidden to start it", "systemctl unmask taximeter-agent; then: systemctl start taximeter-agent"),
            // Whoever stops it ends the loop, and systemd still counts its restarts.
            { SubState: "auto-restart" } or { ActiveState: "activating", Restarts: >= Falls } => Finding.Red(
                FindingKind.ServiceLooping, Part, $"it ends and is started anew, {Times(unit)}, the last time with {End(unit)}", Why(unit), Cure(unit)),
            { ActiveState: "failed" } => Finding.Red(FindingKind.ServiceFailed, Part, $"it has ended with {End(unit)}, and stays down", Why(unit), Cure(unit)),
            { ActiveState: "active" } => Silent(nothing),
            { ActiveState: "activating" } => Finding.Yellow(FindingKind.ServiceStopped, Part, "it is being started", "somebody starts it at this moment", "wait some seconds, and look again"),
            _ => Finding.Red(FindingKind.ServiceStopped, Part, "it is stopped", "somebody has stopped it, or it is not started with the board", $"{Start}; with the board: systemctl enable taximeter-agent"),
        };
    }

    private Finding Silent(string seen) => Finding.Red(
        FindingKind.ServiceSilent, Part, seen, "the agent's process hangs, or the board has much else to do", $"look at {Logs}; then: systemctl restart taximeter-agent, which harms no payment");

    private static string Times(UnitFacts unit) => string.Create(CultureInfo.InvariantCulture, $"{unit.Restarts} restarts");

    private static string End(UnitFacts unit) => unit.Result is "exit-code" or "success" ? string.Create(CultureInfo.InvariantCulture, $"exit code {unit.ExitCode}") : unit.Result;

    private static string Why(UnitFacts unit) => unit switch
    {
        { Result: "watchdog" } => "it hung, and systemd ended it",
        { Result: "oom-kill" } => "the board had no memory left",
        { Result: "signal" or "core-dump" } => "something ended it: a kill, or a mistake in the program",
        { ExitCode: Cli.ExitCode.Configuration } => "the configuration is wrong",
        { ExitCode: Cli.ExitCode.InputOutput } => "the disk or the database does not let it work",
        { ExitCode: Cli.ExitCode.NoPermission } => "its user may not do what it must",
        { ExitCode: Cli.ExitCode.TryAgain } => "another agent holds the outbox",
        { ExitCode: Cli.ExitCode.Software } => "a mistake in the program",
        _ => "its log says why",
    };

    private static string Cure(UnitFacts unit) => unit.ExitCode switch
    {
        Cli.ExitCode.Configuration => Grade.Command("config check"),
        Cli.ExitCode.InputOutput => $"see the findings below; else {Logs}",
        Cli.ExitCode.Software => $"keep {Grade.Command("logs --lines 1000")} and call support",
        _ => Logs,
    };
}
