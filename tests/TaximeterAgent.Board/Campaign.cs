using System.Globalization;
using TaximeterAgent.Board.Disk;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board;

/// <summary>Many trips, in each of which the power is cut, until enough or until the first promise is broken.</summary>
/// <param name="image">What boards start from.</param>
/// <param name="options">What is asked.</param>
/// <param name="tally">Where it is counted.</param>
/// <param name="output">What is said of it.</param>
internal sealed class Campaign(BoardImage image, Options options, Tally tally, TextWriter output)
{
    /// <summary>After so many cuts a board gets a fresh disk.</summary>
    private const int CutsOfAWorld = 20;

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly long _began = Time.GetTimestamp();

    private bool IsOver => OwnBoards.EndedByHand || tally.Cuts >= options.Cuts || Time.GetElapsedTime(_began) >= options.Time;

    /// <summary>True: nothing was found, and nobody ended it.</summary>
    public async Task<bool> RunAsync()
    {
        bool clean = true;
        for (int number = 0; clean && !IsOver; number++)
            clean = await WorldAsync(number);
        if (clean && tally.Cuts < options.Cuts)
            output.WriteLine($"the time is over: {tally.Cuts} of {options.Cuts} cuts");
        return clean;
    }

    private async Task<bool> WorldAsync(int number)
    {
        int seed = options.Seed + number;
        string folder = Path.Combine(options.Keep, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}-{Environment.ProcessId}"));
        Directory.CreateDirectory(folder);
        var found = new List<Finding>();
        await using (var log = new StreamWriter(Path.Combine(folder, "transcript")) { AutoFlush = true })
        {
            WorldOptions made = BoardWorld.Options("board", seed, image, options.Sabotage, folder, Time);
            await using World world = await World.CreateAsync(made, new Transcript(TextWriter.Synchronized(log), Time), Time, null);
            try
            {
                found.AddRange(await TripsAsync(world, new Random(seed), seed));
                if (found.Count == 0)
                    found.AddRange(Judge.Whole(world.Evidence()));
                if (found.Count == 0)
                    found.AddRange(Judge.Journal(await world.JournalAsync()));
            }
            catch (Exception error) when (error is ScenarioFailed or IOException)
            {
                found.Add(new Finding(Harm.Other, error.Message));
            }

            IReadOnlyList<LifeFacts> lives = LifeFacts.Read(world.Board().Facts);
            found.AddRange(lives.SelectMany(Judge.Disk));
            tally.Take(lives);
            if (world.Agent is not null)
                await world.KillAgentAsync("the run is over");
        }

        if (OwnBoards.EndedByHand)
        {
            output.WriteLine($"ended by hand: {tally.Cuts} of {options.Cuts} cuts");
            Directory.Delete(folder, recursive: true);
            return false;
        }

        foreach (Finding finding in found)
        {
            tally.Count(finding);
            output.WriteLine($"BROKEN seed={seed} {finding.Harm.ToString().ToLowerInvariant()}: {finding.What}");
        }

        if (found.Count > 0)
        {
            output.WriteLine($"disk image, logs and transcript: {folder}; again: --scenarios none --seed {seed} --cuts {CutsOfAWorld}{options.Broken}");
            return false;
        }

        Directory.Delete(folder, recursive: true);
        return true;
    }

    private async Task<IReadOnlyList<Finding>> TripsAsync(World world, Random random, int seed)
    {
        world.Meter.SwitchOn();
        var boot = Boot.Begin(world, tally, Time);
        await world.WaitAsync(boot.Look, "the agent's HELLO to the meter");
        // All devices have been tried a moment after it is ready. A refusal would be in the way of every trip, so it is looked for before the first and at the end.
        await world.Shell().RunAsync("until systemctl -q is-active taximeter-agent; do sleep 0.2; done; sleep 2", TimeSpan.FromMinutes(2));
        if (Judge.Journal(await world.JournalAsync()).ToArray() is { Length: > 0 } refused)
            return refused;
        for (int trip = 0; trip < CutsOfAWorld && !IsOver; trip++)
        {
            var cut = new CutTrip(world, tally, random, Time);
            DateTimeOffset begun = Time.GetUtcNow();
            IReadOnlyList<Finding> found = await cut.PlayAsync();
            if (options.Verbose)
            {
                CutFacts? lost = LifeFacts.Read(world.Board().Facts)[^1].Cut;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}: {tally.Cuts} cuts, {cut.What}: {found.Count} found, {lost?.Dropped} of {lost?.Writes} writes dropped, {lost?.Torn} torn, {(Time.GetUtcNow() - begun).TotalSeconds:F0} s"));
            }

            if (found.Count > 0)
                return found;
        }

        return [];
    }
}
