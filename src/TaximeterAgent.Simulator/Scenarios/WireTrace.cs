using System.Text;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The requests of one world as the server saw them, so that a script can tell that its fault has really happened and what the agent sent then.</summary>
internal sealed class WireTrace
{
    /// <summary>No scenario comes near it; what is beyond is not kept, and a script that looks for it fails.</summary>
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly List<WireCall> _calls = [];

    public void Take(WireEntry entry)
    {
        lock (_gate)
        {
            if (_calls.Count < Most)
                _calls.Add(WireCall.Of(entry));
        }
    }

    /// <summary>In the order of acting.</summary>
    public IReadOnlyList<WireCall> All
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    public IReadOnlyList<WireCall> Of(Operation operation) => [.. All.Where(call => call.Operation == operation)];
}

/// <param name="At">When the server acted on it.</param>
/// <param name="Operation">What it asked for.</param>
/// <param name="Key">Its idempotency key, if it had one.</param>
/// <param name="Body">As sent.</param>
/// <param name="Status">The answer's; 0 if the answer was withheld.</param>
/// <param name="Answer">The answer's body.</param>
internal sealed record WireCall(DateTimeOffset At, Operation Operation, string? Key, string Body, int Status, string Answer)
{
    public static WireCall Of(WireEntry entry) => new(
        entry.At,
        Route.Of(entry.Request.Method, entry.Request.Path).Operation,
        entry.Request.Header("Idempotency-Key"),
        Encoding.UTF8.GetString(entry.Request.Body.Span),
        entry.Status,
        entry.ResponseBody);

    /// <summary>What the service said was captured so far; null in an answer that says nothing of it.</summary>
    public long? Captured
    {
        get
        {
            if (Status != 200 || Operation is not (Operation.Get or Operation.Capture or Operation.Cancel or Operation.Refund))
                return null;
            using var json = System.Text.Json.JsonDocument.Parse(Answer);
            return json.RootElement.GetProperty("aggregate").GetProperty("capturedAmount").GetProperty("value").GetInt64();
        }
    }
}
