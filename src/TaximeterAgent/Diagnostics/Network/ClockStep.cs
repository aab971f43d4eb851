using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>The car's clock against the <c>Date</c> of the server's answer.</summary>
internal sealed class ClockStep : NetworkStep
{
    public const string StepName = "clock";

    public const string Cure = "set it: timedatectl set-time, or let it be set: timedatectl set-ntp true; a board without battery needs a network for that";

    /// <summary>A receipt that is some minutes off harms nobody; a certificate or token that is judged by such a clock still holds.</summary>
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(5);

    public override string Name => StepName;

    public override string WaitsFor => "the server's time";

    // Payments go on with a clock that is some hours off; what does not is broken itself.
    public override bool Blocks => false;

    public override bool NeedsTheOthers => false;

    public override Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit) => Task.FromResult(Judge(route.Greeting));

    private static StepResult Judge(Greeting? greeting)
    {
        if (greeting?.ServerTime is not { } server)
            return StepResult.Skipped(greeting is null ? "no server said its time" : "the server did not say its time");
        var ahead = greeting.CarTime - server;
        var clock = new ClockSkewReport { Car = greeting.CarTime, Server = server, AheadSeconds = (long)ahead.TotalSeconds };
        var text = $"the car says {StepText.Time(greeting.CarTime)}, {Off(ahead)}";
        return ahead.Duration() <= s_most
            ? StepResult.Ok(text) with { Clock = clock }
            : StepResult.Broken(text, $"the car's clock is {Off(ahead)}", Cure) with { Clock = clock };
    }

    private static string Off(TimeSpan ahead)
    {
        var size = ahead.Duration();
        // The server's Date has no fractions.
        if (size < TimeSpan.FromSeconds(2))
            return "as the server";
        return $"{Cli.Control.Text.Duration((long)size.TotalSeconds)} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the server";
    }
}
