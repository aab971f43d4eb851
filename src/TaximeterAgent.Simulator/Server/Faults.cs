namespace TaximeterAgent.Simulator.Server;

/// <summary>What an injected refusal looks like.</summary>
public enum FaultBody
{
    /// <summary>The service's own problem, with the code if there is one.</summary>
    Problem,

    /// <summary>The gateway's shape.</summary>
    Gateway,
    Html,
    Empty,
}

/// <summary>What happens to a request instead of, before or after its being served.</summary>
public abstract record FaultAction
{
    private FaultAction()
    {
    }

    /// <summary>Answers so and does nothing: a refusal, a 423, a 429, a 5xx of a server that had not begun.</summary>
    public sealed record Refuse(int Status, string? Code = null, TimeSpan? RetryAfter = null, FaultBody Body = FaultBody.Problem) : FaultAction;

    /// <summary>Breaks the connection and does nothing.</summary>
    public sealed record Drop : FaultAction;

    /// <summary>Serves the request and breaks the connection.</summary>
    public sealed record Withhold : FaultAction;

    /// <summary>Serves the request at once and answers so much later.</summary>
    public sealed record DelayAnswer(TimeSpan By) : FaultAction;

    /// <summary>Serves the request and answers that it failed.</summary>
    public sealed record FailAfterActing(int Status = 500, FaultBody Body = FaultBody.Problem) : FaultAction;

    /// <summary>Breaks the connection at once and serves the request so much later: what a mobile network's buffers do.</summary>
    public sealed record ArriveLate(TimeSpan By) : FaultAction;

    /// <summary>Forgets all idempotency keys of the reference, then serves the request.</summary>
    public sealed record ForgetKeys : FaultAction;

    /// <summary>Revokes all access tokens, then serves the request, which is refused with 401 unless it brings a new one.</summary>
    public sealed record RevokeTokens : FaultAction;

    /// <summary>The customer acts in the moment in which the request arrives, just before it is served.</summary>
    public sealed record CustomerFirst(CustomerAct Act) : FaultAction;
}

/// <summary>An action and the requests that it applies to. Everything that is not said matches.</summary>
/// <param name="action">What happens.</param>
public sealed class Fault(FaultAction action)
{
    public FaultAction Action { get; } = action;

    public Operation? Operation { get; init; }

    public string? Reference { get; init; }

    /// <summary>The first request that it applies to, counted from 1 among those that match.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>To how many from there.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many requests matched.</summary>
    public int Seen { get; internal set; }

    /// <summary>How many were acted on.</summary>
    public int Hits { get; internal set; }

    internal bool Matches(Operation operation, string? reference) =>
        (Operation is null || Operation == operation) && (Reference is null || Reference == reference);
}

/// <summary>The faults to inject. The first that applies is the one that happens; all that match count.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private bool _down;
    private int _turnedAway;

    /// <summary>While true no request is served: all connections break.</summary>
    public bool ServerDown
    {
        get
        {
            lock (_gate)
                return _down;
        }

        set
        {
            lock (_gate)
                _down = value;
        }
    }

    /// <summary>How many requests came while the server was down.</summary>
    public int TurnedAway
    {
        get
        {
            lock (_gate)
                return _turnedAway;
        }
    }

    /// <summary>Adds a fault; it is returned so that its count can be read.</summary>
    public Fault Add(Fault fault)
    {
        lock (_gate)
            _faults.Add(fault);
        return fault;
    }

    public Fault Add(Operation operation, FaultAction action, int nth = 1, int times = 1) =>
        Add(new Fault(action) { Operation = operation, Nth = nth, Times = times });

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _down = false;
        }
    }

    internal FaultAction? Next(Operation operation, string? reference)
    {
        lock (_gate)
        {
            if (_down)
            {
                _turnedAway++;
                return new FaultAction.Drop();
            }

            Fault? first = null;
            foreach (var fault in _faults)
            {
                if (!fault.Matches(operation, reference))
                    continue;
                fault.Seen++;
                // Subtracted rather than added: Times may be int.MaxValue for "always".
                if (first is null && fault.Seen >= fault.Nth && fault.Seen - fault.Nth < fault.Times)
                    first = fault;
            }

            if (first is not null)
                first.Hits++;
            return first?.Action;
        }
    }
}
