using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The car as it came to the doctor: what is known before anything is opened or called.</summary>
internal sealed class Patient : IDisposable
{
    private CopiedOutbox? _copy;

    /// <summary>The configuration as a start of the agent would find it.</summary>
    public required ConfigurationReport Configuration { get; init; }

    /// <summary>What the running agent says of itself; null where none answers.</summary>
    public StatusReport? Status { get; init; }

    /// <summary>Asks it.</summary>
    public required AgentClient Agent { get; init; }

    /// <summary>The service by systemd's word; null where there is no systemd.</summary>
    public UnitFacts? Unit { get; init; }

    /// <summary>The outbox's directory.</summary>
    public required string Directory { get; init; }

    /// <summary>How long the meter may be listened to, and each step of the network take.</summary>
    public required TimeSpan Limit { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Null while the configuration is wrong.</summary>
    public AgentOptions? Options => Configuration.Options;

    /// <summary>True if this user sees every process: then it can be said who holds a device.</summary>
    public bool SeesAll => Environment.IsPrivilegedProcess;

    /// <summary>True if nobody runs an agent, so that its devices may be opened. One that hangs has them still.</summary>
    public bool NobodyRuns => Status is null && AgentIsAway;

    /// <summary>Nothing listens at the agent's socket.</summary>
    public required bool AgentIsAway { get; init; }

    /// <summary>The outbox's copy: made when it is first wanted, and once, for it may be large and its disk slow. Null where none can be made.</summary>
    public CopiedOutbox? Copied(CancellationToken stop)
    {
        if (_copy is null && WithoutCopy is null)
        {
            try
            {
                _copy = new CopiedOutbox(OutboxCopy.Make(Directory, Time, stop));
            }
            catch (OutboxUnusableException e)
            {
                WithoutCopy = e;
            }
        }

        return _copy;
    }

    /// <summary>Why there is no copy; null where there is one, and before one was wanted.</summary>
    public OutboxUnusableException? WithoutCopy { get; private set; }

    public void Dispose() => _copy?.Dispose();
}
