using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulation;

/// <summary>What becomes of a request.</summary>
internal enum Fate
{
    Served,
    NotSent,
    RequestLost,
    AnswerLost,
    ArrivesLate,
    Refused,
    FailedAfterActing,
}

/// <summary>The mobile network and the mood of the server: decides the fate of each request.</summary>
internal sealed class Weather(Chance chance, Recipe recipe, Tally tally)
{
    /// <summary>A request that is late by more than a payment lives can no longer be told from one that is lost; what networks hold back is far less.</summary>
    private const double LatestArrival = 9 * 60;

    private static readonly string[] s_createCodes = ["3010", "4010", "4150", "5040", "5080", "6010", "7010", "4070", "6160", "6230"];
    private static readonly string[] s_captureCodes = ["3010", "4020", "6040", "6050", "6070", "6080", "6090", "6100", "6140", "6160", "6170", "6190", "6200", "6260", "6280"];
    private static readonly string[] s_cancelCodes = ["3010", "4010", "6040", "6050", "6060", "6160", "6190", "6250"];
    private static readonly string[] s_refundCodes = ["3010", "4020", "4150", "6070", "6160", "6180", "6190", "6200"];

    private double _network = recipe.Network;
    private double _server = recipe.Server;

    public bool IsDown { get; set; }

    public bool ServerDown { get; set; }

    public bool IsHealthy { get; private set; }

    public void Heal() => (_network, _server, IsDown, ServerDown, IsHealthy) = (0, 0, false, false, true);

    public Fate FateOf()
    {
        if (IsDown)
            return Count(Fate.NotSent, FaultKind.NetworkDown);
        if (ServerDown)
            return chance.Of(0.5) ? Count(Fate.Refused, FaultKind.Status5xx) : Count(Fate.RequestLost, FaultKind.RequestLost);
        if (chance.Of(_network))
        {
            return chance.Between(0, 4) switch
            {
                0 => Count(Fate.NotSent, FaultKind.NetworkDown),
                1 => Count(Fate.RequestLost, FaultKind.RequestLost),
                2 => Count(Fate.AnswerLost, FaultKind.AnswerLost),
                _ => Count(Fate.ArrivesLate, FaultKind.ArrivesLate),
            };
        }

        if (chance.Of(_server))
            return chance.Of(0.2) ? Count(Fate.FailedAfterActing, FaultKind.FailedAfterActing) : Fate.Refused;
        return Fate.Served;
    }

    public TimeSpan Latency() => chance.Seconds(0.02, 0.3);

    /// <summary>How long the answer takes: now and then longer than anybody waits.</summary>
    public TimeSpan AnswerTime()
    {
        if (!chance.Of(_network * 0.3))
            return Latency();
        tally.Count(FaultKind.SlowAnswer);
        return chance.Seconds(0.3, 25);
    }

    public TimeSpan Lateness() => chance.Seconds(1, chance.Of(0.3) ? LatestArrival : 60);

    /// <summary>A connection that breaks is noticed; one that is silent is given up.</summary>
    public bool IsSilent()
    {
        if (chance.Of(0.5))
            return true;
        tally.Count(FaultKind.BrokenConnection);
        return false;
    }

    public FaultAction Failure(Operation operation)
    {
        if (ServerDown)
            return Status5xx();
        switch (operation is Operation.Token or Operation.Get ? chance.Between(0, 3) : chance.Between(0, 5))
        {
            case 0:
                tally.Count(FaultKind.Status5xx);
                return Status5xx();
            case 1:
                tally.Count(FaultKind.Status429);
                return new FaultAction.Refuse(429, null, chance.Of(0.5) ? chance.Seconds(1, 90) : null, FaultBody.Gateway);
            case 2:
                tally.Count(FaultKind.Status423);
                return new FaultAction.Refuse(423, null, null, chance.Pick(FaultBody.Problem, FaultBody.Empty));
        }

        if (operation is Operation.PostReceipt or Operation.GetReceipt)
        {
            tally.Count(FaultKind.Status5xx);
            return Status5xx();
        }

        tally.Count(FaultKind.DomainError);
        var code = operation switch
        {
            Operation.Create => chance.Pick(s_createCodes),
            Operation.Capture => chance.Pick(s_captureCodes),
            Operation.Cancel => chance.Pick(s_cancelCodes),
            _ => chance.Pick(s_refundCodes),
        };
        return new FaultAction.Refuse(StatusOf(code), code);
    }

    public FaultAction AfterActing() => new FaultAction.FailAfterActing(chance.Pick(500, 502, 503, 504), chance.Pick(FaultBody.Problem, FaultBody.Html, FaultBody.Empty));

    /// <summary>What else may happen to a request that is served.</summary>
    public FaultAction? Aside(Operation operation)
    {
        if (chance.Of(_server * 0.2))
        {
            tally.Count(FaultKind.TokensRevoked);
            return new FaultAction.RevokeTokens();
        }

        if (operation is Operation.Create or Operation.Capture or Operation.Refund or Operation.Cancel && chance.Of(_server * 0.3))
        {
            tally.Count(FaultKind.KeysForgotten);
            return new FaultAction.ForgetKeys();
        }

        if (operation is Operation.Cancel or Operation.Get && chance.Of(recipe.Customer * 0.05))
        {
            tally.Count(FaultKind.CustomerInThatMoment);
            return new FaultAction.CustomerFirst(chance.Pick(CustomerAct.Approve, CustomerAct.Approve, CustomerAct.Refuse));
        }

        return null;
    }

    private Fate Count(Fate fate, FaultKind kind)
    {
        tally.Count(kind);
        return fate;
    }

    private FaultAction.Refuse Status5xx() => new(chance.Pick(500, 502, 503, 504), null, null, chance.Pick(FaultBody.Problem, FaultBody.Gateway, FaultBody.Html, FaultBody.Empty));

    // Only the code is documented; most statuses are not.
    private int StatusOf(string code) => code == "3010" ? 500 : chance.Pick(400, 409, 403);
}
