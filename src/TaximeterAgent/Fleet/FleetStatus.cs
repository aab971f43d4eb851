using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Fleet;

/// <summary>How it stands with the fleet's broker, and what came from it since the agent started. From any thread.</summary>
internal sealed class FleetStatus(TimeProvider time)
{
    private readonly Lock _lock = new();
    private RelayReport _report = new() { Connected = false, Since = time.GetUtcNow() };

    public RelayReport Report()
    {
        lock (_lock)
            return _report;
    }

    public void Connected() => Change(report => report with { Connected = true, Since = time.GetUtcNow(), Why = null, Cause = null });

    /// <summary>It is away, or still is.</summary>
    /// <returns>True if the cause is another than before: then it is worth a line in the log.</returns>
    public bool Away(FleetAwayException why)
    {
        var cause = Control.Kebab.Of(why.Cause);
        var news = false;
        Change(report =>
        {
            news = report.Connected || report.Cause != cause;
            return report with { Connected = false, Since = report.Connected ? time.GetUtcNow() : report.Since, Why = why.Message, Cause = cause };
        });
        return news;
    }

    public void Hint() => Change(report => report with { Hints = report.Hints + 1 });

    public void Order() => Change(report => report with { Orders = report.Orders + 1 });

    /// <summary>A message that nobody can read: acknowledged, so that it does not come for ever.</summary>
    public void Unreadable() => Change(report => report with { Unreadable = report.Unreadable + 1 });

    public void Reported() => Change(report => report with { Reports = report.Reports + 1, LastReport = time.GetUtcNow() });

    private void Change(Func<RelayReport, RelayReport> change)
    {
        lock (_lock)
            _report = change(_report);
    }
}
