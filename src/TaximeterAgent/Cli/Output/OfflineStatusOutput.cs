using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Output;

/// <summary><c>status --json</c> while no agent answers. With an agent it is the answer of <c>GET /v1/status</c>, which has no <c>agent</c>.</summary>
/// <param name="Agent">Always false.</param>
/// <param name="Why">Why no agent answers.</param>
/// <param name="Version">Of the program that says this.</param>
/// <param name="At">When, by the car's clock.</param>
/// <param name="Parts">As with an agent; what only it can know is <c>unknown</c>. There is <c>configuration</c> besides.</param>
/// <param name="Unit">The service as systemd has it; missing where there is no systemd.</param>
/// <param name="Source">The copy of the database that <c>outbox</c> and <c>trips</c> are read from; missing where there is none.</param>
internal sealed record OfflineStatusOutput(bool Agent, string Why, string Version, DateTimeOffset At, IReadOnlyList<PartReport> Parts, UnitOutput? Unit, SourceReport? Source);

/// <summary>The service as <c>systemctl show</c> has it, word for word.</summary>
internal sealed record UnitOutput(string LoadState, string ActiveState, string SubState, string Result, int? ExitCode, int Restarts);
