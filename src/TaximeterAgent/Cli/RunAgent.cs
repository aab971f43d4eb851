using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli;

/// <summary>Runs the agent until it is told to stop, and gives the exit code. <c>report</c> has no faults; <c>opening</c> is prepared and not begun.</summary>
internal delegate Task<int> RunAgent(AgentOptions options, ConfigurationReport report, OutboxOpening opening, CancellationToken stop);
