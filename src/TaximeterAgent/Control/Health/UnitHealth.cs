using System.Globalization;

namespace TaximeterAgent.Control.Health;

/// <summary>The service as systemd has it, in the words of <c>systemctl show</c>.</summary>
/// <param name="LoadState"><c>loaded</c>, <c>not-found</c>, <c>masked</c>, …</param>
/// <param name="ActiveState"><c>active</c>, <c>inactive</c>, <c>failed</c>, <c>activating</c>, …</param>
/// <param name="SubState">Finer: <c>running</c>, <c>auto-restart</c>, …</param>
/// <param name="Result"><c>success</c>, <c>exit-code</c>, <c>signal</c>, <c>watchdog</c>, …</param>
/// <param name="ExitCode">Of its last process.</param>
/// <param name="Restarts">How often systemd has started it anew by itself.</param>
internal sealed record UnitFacts(string LoadState, string ActiveState, string SubState, string Result, int? ExitCode, int Restarts);

/// <summary>Why no agent answers, by what systemd knows. It is red in any case: no fare is taken.</summary>
internal static class UnitHealth
{
    private const string Start = "start it: systemctl start taximeter-agent";

    private static string Logs { get; } = $"see why: {Grade.Command("logs")}";

    /// <param name="unit">Null where there is no systemd.</param>
    /// <param name="socket">Where nothing answers.</param>
    public static Grade Of(UnitFacts? unit, string socket) => unit switch
    {
        null => Grade.Red($"no agent answers at {socket}", $"start it: {Grade.Command("run")}"),
        { LoadState: "not-found" } => Grade.Red("no agent answers, and systemd does not know the service", "install the package anew"),
        { LoadState: "masked" } => Grade.Red("no agent answers: the service is masked", "systemctl unmask taximeter-agent; then: systemctl start taximeter-agent"),
        { ActiveState: "active" } => Grade.Red($"runs by systemd's word, but nothing answers at {socket}", Logs),
        { SubState: "auto-restart" } => Grade.Red(string.Create(CultureInfo.InvariantCulture, $"stops and is started anew, {unit.Restarts} times: {End(unit)}"), Cure(unit)),
        { ActiveState: "activating" or "reloading" } => Grade.Red("is being started", "wait some seconds, then look again"),
        { ActiveState: "deactivating" } => Grade.Red("is being stopped", Start),
        { ActiveState: "failed" } => Grade.Red($"has failed: {End(unit)}", Cure(unit)),
        _ => Grade.Red("is stopped", Start),
    };

    private static string End(UnitFacts unit) => unit.Result == "exit-code" ? string.Create(CultureInfo.InvariantCulture, $"exit code {unit.ExitCode}") : unit.Result;

    private static string Cure(UnitFacts unit) => unit.ExitCode switch
    {
        Cli.ExitCode.Configuration => $"see what is wrong: {Grade.Command("config check")}",
        _ => Logs,
    };
}
