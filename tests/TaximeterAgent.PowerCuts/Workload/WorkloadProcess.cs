using System.Globalization;
using System.Text;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.PowerCuts.Recording;
using TaximeterAgent.PowerCuts.Workload;

namespace TaximeterAgent.PowerCuts;

/// <summary>
/// One life of the store, in a process of its own that strace looks at. It finds out which step of the plan the store is at, goes on from there, and says before and
/// after each step what it does; what it says goes to a file, so that it stands in the record among the writes.
/// </summary>
internal static class WorkloadProcess
{
    private const string Command = "--workload";

    public static bool IsAsked(IReadOnlyList<string> args) => args.Count > 0 && args[0] == Command;

    public static IEnumerable<string> Arguments(string root, string markers, Life life) =>
    [
        Command, root, markers, life.Seed.ToString(CultureInfo.InvariantCulture), life.LastStep.ToString(CultureInfo.InvariantCulture), life.End.ToString(),
        life.NewSchema ? "new" : "old", life.Wrap, life.Store.ToString(), life.Full ? "full" : "",
    ];

    public static int Run(IReadOnlyList<string> args)
    {
        var root = args[1];
        var life = new Life(
            int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture), Enum.Parse<LifeEnd>(args[5]), 0, args[6] == "new", args[7], Enum.Parse<OutboxStore>(args[8]),
            args[9] == "full");
        using var markers = File.OpenHandle(args[2], FileMode.OpenOrCreate, FileAccess.Write);
        void Say(string word) => RandomAccess.Write(markers, Encoding.UTF8.GetBytes(word + "\n"), RandomAccess.GetLength(markers));

        var plan = Plan.Of(life.Seed);
        var clock = new StandingClock();
        Say(Promise.Opening(life.NewSchema));
        var outbox = Store.Open(root, clock, life.NewSchema, life.Store, life.Wrap);
        var step = StepShown(outbox, plan);
        Say(Promise.Opened(step));
        var wrapped = Sabotages.Wrap(life.Wrap, outbox, () => Say(Promise.Synced(step)));
        for (step++; step <= life.LastStep; step++)
        {
            clock.Now = Trips.At(step);
            if (life.Full)
                FullDisk.Before(step, root);
            Say(Promise.Begin(step));
            var synced = Do(outbox, wrapped, plan[step - 1]);
            Say(synced ? Promise.Synced(step) : Promise.Stored(step));
            if (life.Full)
                outbox.Tend();
        }

        if (life.End == LifeEnd.Closed)
            outbox.Dispose();
        // Else the process ends as it stands: nothing is closed, nothing is finished.
        return 0;
    }

    private static bool Do(IOutboxStore outbox, IOutbox wrapped, Step step)
    {
        switch (step)
        {
            case Step.Commit commit:
                wrapped.Commit(commit.Batch);
                return commit.Batch.Sync;
            case Step.Wipe wipe:
                return outbox.WipePhones(wipe.ClosedBefore).Trips > 0;
            case Step.Prune prune:
                outbox.Prune(prune.OlderThan, prune.MaximumLines);
                return false;
            default:
                outbox.Idle();
                return false;
        }
    }

    private static int StepShown(IOutboxStore outbox, IReadOnlyList<Step> plan)
    {
        var shown = Content.Read(outbox);
        var contents = Model.Of(plan);
        if (contents.StepOf(shown, 0, contents.Count - 1) is >= 0 and var step)
            return step;
        var nearest = contents.Nearest(shown, 0, contents.Count - 1);
        throw new InvalidDataException($"What the store shows is the content after no step of the plan; the nearest is {nearest}.\n{shown.Difference(contents[nearest])}");
    }
}
