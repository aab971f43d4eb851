namespace TaximeterAgent.Fuzz;

/// <summary>A clock that stands: nothing falls due while inputs are judged, and what is signed stays fresh.</summary>
internal sealed class StandingTime : TimeProvider
{
    public static readonly StandingTime Instance = new();

    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
}
