using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Diagnostics.Examination;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Diagnostics.Examination;

/// <summary>A car without an agent, with a configuration of its own, that comes to the doctor.</summary>
internal sealed class TestPatient : IDisposable
{
    private readonly AgentClient _client = new("/nowhere/control.sock", TextWriter.Null);

    public TestConfiguration Configuration { get; } = new();

    public Patient With(UnitFacts? unit = null, StatusReport? status = null, bool away = true)
    {
        var report = Configuration.Load();
        return new Patient
        {
            Configuration = report,
            Status = status,
            Agent = _client,
            Unit = unit,
            Directory = report.Options?.Outbox.Directory ?? "/nowhere",
            Limit = TimeSpan.FromSeconds(1),
            Time = TimeProvider.System,
            AgentIsAway = away,
        };
    }

    public void Dispose()
    {
        _client.Dispose();
        Configuration.Dispose();
    }
}
