using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli;

/// <summary>Runs the agent until it is told to stop, and gives the exit code. <c>report</c> has no faults.</summary>
internal delegate Task<int> RunAgent(AgentOptions options, ConfigurationReport report, CancellationToken stop);
