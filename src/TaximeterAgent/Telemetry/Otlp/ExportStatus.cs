using Microsoft.Extensions.Logging;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Telemetry.Otlp;

/// <summary>How the sending goes: what the status tells, and a line in the log when it begins to fail, fails otherwise, or is well again. From any thread.</summary>
internal sealed partial class ExportStatus(Uri endpoint, ILogger log, TimeProvider time)
{
    private readonly Lock _one = new();
    private TelemetryReport _report = new() { Endpoint = endpoint.GetLeftPart(UriPartial.Path) };

    public TelemetryReport Report()
    {
        lock (_one)
            return _report;
    }

    public void Sent()
    {
        bool back;
        lock (_one)
        {
            back = _report.Why is not null;
            _report = _report with { Sent = _report.Sent + 1, LastSent = time.GetUtcNow(), Why = null };
        }

        if (back)
            Back(endpoint.Authority);
    }

    /// <param name="why">For people; without what was sent, and without headers.</param>
    public void Failed(string why)
    {
        bool news;
        lock (_one)
        {
            news = _report.Why != why;
            _report = _report with { Failed = _report.Failed + 1, LastFailed = time.GetUtcNow(), Why = why };
        }

        if (news)
            Away(endpoint.Authority, why);
    }

    /// <summary>Traces that were kept until there was no room for them.</summary>
    public void Dropped()
    {
        lock (_one)
            _report = _report with { Dropped = _report.Dropped + 1 };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Metrics and traces do not reach {Host}, and are sent again later; payments do not wait for them: {Why}.")]
    private partial void Away(string host, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and traces reach {Host} again.")]
    private partial void Back(string host);
}
