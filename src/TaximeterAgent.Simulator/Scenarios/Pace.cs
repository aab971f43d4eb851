using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The waiting times of the world and of the agent, set for both by configuration. Amounts of time only: nothing else differs.</summary>
internal sealed record Pace
{
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan PollFirst { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan PaymentLifetime { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan CertaintyMargin { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan BackoffMost { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan AnswerPause { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan HeartbeatLost { get; init; } = TimeSpan.FromSeconds(35);

    public TimeSpan OfflineMaxAge { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan NoShowAfter { get; init; } = TimeSpan.FromHours(4);

    public TimeSpan OrphanAfter { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan ReportEvery { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan ReconnectFirst { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ReconnectMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After which times the service sends a webhook again; the last of them again and again.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } = WebhookSchedule.Documented;

    /// <summary>How long a customer thinks before approving.</summary>
    public TimeSpan CustomerThinks { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a step may take before the scenario has failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>How long nothing more may happen at the end.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    public static Pace RealTime { get; } = new();

    /// <summary>Short, but long enough that a machine with more to do stays within them.</summary>
    public static Pace Shortened { get; } = new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        TryTimeout = TimeSpan.FromSeconds(3),
        PollFirst = TimeSpan.FromMilliseconds(300),
        PollEvery = TimeSpan.FromMilliseconds(150),
        PaymentLifetime = TimeSpan.FromSeconds(15),
        CertaintyMargin = TimeSpan.FromSeconds(2),
        BackoffFirst = TimeSpan.FromMilliseconds(200),
        BackoffMost = TimeSpan.FromSeconds(2),
        RateWindow = TimeSpan.FromSeconds(2),
        AnswerTimeout = TimeSpan.FromMilliseconds(500),
        AnswerPause = TimeSpan.FromSeconds(1),
        Heartbeat = TimeSpan.FromSeconds(1),
        HeartbeatLost = TimeSpan.FromSeconds(4),
        OfflineMaxAge = TimeSpan.FromSeconds(20),
        NoShowAfter = TimeSpan.FromSeconds(10),
        OrphanAfter = TimeSpan.FromSeconds(3),
        ReportEvery = TimeSpan.FromSeconds(1),
        ReconnectFirst = TimeSpan.FromMilliseconds(200),
        ReconnectMost = TimeSpan.FromSeconds(1),
        // A tenth of a second, four times, then every three.
        WebhookRetries = [.. WebhookSchedule.Shortened(20).Take(5)],
        CustomerThinks = TimeSpan.FromMilliseconds(600),
        Patience = TimeSpan.FromSeconds(60),
        Quiet = TimeSpan.FromMilliseconds(400),
    };
}
