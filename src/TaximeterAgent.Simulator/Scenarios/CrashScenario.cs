using System.Globalization;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>
/// SIGKILL after each commit of the agent's store in turn, the first start's included. The commits are counted from outside, by <see cref="CommitWatch"/>; a first run
/// without a kill says how many there are. However it is cut, the end is the same: one payment, one capture, PAID.
/// </summary>
internal sealed class CrashScenario() : Scenario("crash", "SIGKILL after each commit of the store in turn; started again, the same end and one capture", needsRelay: false)
{
    /// <summary>A fare that needs more commits than this is itself a fault.</summary>
    private const int MostCommits = 200;

    /// <summary>After so many sub-runs that failed the rest would tell the same.</summary>
    private const int EnoughFailures = 2;

    public override async Task<IReadOnlyList<Outcome>> RunAsync(Stage stage, CancellationToken cancellation)
    {
        var outcomes = new List<Outcome>();
        int commits = 0;
        outcomes.Add(await PlayAsync(stage, 0, count => commits = count, cancellation));
        if (outcomes[0].Faults.Count > 0)
            return outcomes;
        if (commits is 0 or > MostCommits)
        {
            outcomes[0] = outcomes[0] with { Faults = [$"{commits} commits were seen in the agent's outbox, expected 1-{MostCommits}"] };
            return outcomes;
        }

        stage.Transcript.Say("power", $"an undisturbed fare takes {commits} commits: the agent is killed after each of them in turn");
        for (int kill = 1; kill <= commits && outcomes.Count(outcome => outcome.Faults.Count > 0) < EnoughFailures; kill++)
            outcomes.Add(await PlayAsync(stage, kill, _ => { }, cancellation));
        return outcomes;
    }

    private static Task<Outcome> PlayAsync(Stage stage, int kill, Action<int> counted, CancellationToken cancellation)
    {
        WorldOptions options = stage.Options("crash/" + kill.ToString(CultureInfo.InvariantCulture));
        return stage.PlayAsync(options, world => PlayAsync(world, kill, counted), cancellation);
    }

    private static async Task<Expectation> PlayAsync(World world, int kill, Action<int> counted)
    {
        int cuts = 0;
        using var watch = new CommitWatch(world.Places.Outbox, count =>
        {
            // On the watch's own thread, at once: the next commit must not get in between.
            if (kill > 0 && count >= kill && Interlocked.CompareExchange(ref cuts, 1, 0) == 0)
                world.CutPower();
        });
        Customer customer = world.NewCustomer();
        TripFare fare = world.NewTrip();
        Expectation expectation = FareScenarios.PaidByHand(fare, customer) with
        {
            // An agent that was away while the customer approved need not say that it waits.
            Screens = [FareScenarios.Question(fare), FareScenarios.Paid],
        };
        world.Meter.SwitchOn();
        world.Meter.Finish(fare);
        world.StartAgent();
        var driver = new PatientDriver(world, fare, customer);
        int restarts = 0;
        do
        {
            await world.WaitAsync(() => driver.SeesPaid && world.Meter.Acknowledged.Any(known => known.Key == fare.Key), "the end of the fare", MeanwhileAsync);
            await world.SettleAsync(expectation, world.Pace.Patience / 4);
        }
        while (restarts < Volatile.Read(ref cuts)); // cut after all seemed done: that must come to a good end, too

        counted(watch.Count());
        if (kill > 0 && restarts == 0)
            world.Transcript.Say("power", string.Create(CultureInfo.InvariantCulture, $"commit {kill} did not come this time: {watch.Count()} were enough"));
        return expectation;

        async Task MeanwhileAsync()
        {
            if (restarts < Volatile.Read(ref cuts))
            {
                await world.KillAgentAsync(string.Create(CultureInfo.InvariantCulture, $"cut after commit {watch.Count()} of the outbox (wanted: {kill})"));
                restarts++;
                world.StartAgent();
            }

            driver.LookAndType();
        }
    }

    /// <summary>A driver who types the number whenever an agent asks for it, once for each start of an agent.</summary>
    private sealed class PatientDriver(World world, TripFare fare, Customer customer)
    {
        private DateTimeOffset _typedFor;

        public bool SeesPaid => world.Meter.Paid.Any(paid => paid.Key == fare.Key) && world.Display.History.Any(screen => ScreenWords.Verdict(screen) == Verdict.Paid);

        public void LookAndType()
        {
            if (_typedFor == world.StartedAt || world.Agent is not { HasExited: false } || !ScreenWords.Asks(world.Display.Current, fare.Total))
                return;
            _typedFor = world.StartedAt;
            world.TypeNumber(customer);
        }
    }
}
