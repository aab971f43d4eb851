using System.Globalization;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Scenarios;

/// <summary>What is played with a board: some of the simulator's own scenarios, as they are, and those that only a board can play.</summary>
internal static class BoardScenarios
{
    /// <summary>The simulator's, by name: each start of the agent in them is a boot. Those that need a command, a file or a clock of the agent's process play with a process.</summary>
    private static readonly string[] Simulated = ["manual-entry", "repeated-signal", "reservation", "aborted", "cash-instead", "offline-then-back"];

    public static IReadOnlyList<Scenario> All { get; } = [.. Simulated.Select(name => AllScenarios.Find(name)!), .. BoardOnly.All, .. GpioScenarios.All];

    /// <summary>Whether Debian's kernel has not what it needs.</summary>
    public static bool NeedsOwnKernel(string name) => GpioScenarios.All.Any(scenario => scenario.Name == name);

    /// <exception cref="FormatException">There is no scenario of a name.</exception>
    public static IReadOnlyList<string> Chosen(IReadOnlyList<string> names)
    {
        var chosen = new List<string>();
        foreach (string name in names)
        {
            if (name == "all")
                chosen.AddRange(All.Select(scenario => scenario.Name));
            else if (All.Any(scenario => scenario.Name == name))
                chosen.Add(name);
            else
                throw new FormatException($"There is no scenario {name}. There are: {string.Join(' ', All.Select(scenario => scenario.Name))}.");
        }

        return [.. chosen.Distinct()];
    }

    /// <summary>Plays them one after the other, each with a fresh disk, and stops at the first that fails.</summary>
    public static async Task<bool> RunAsync(IReadOnlyList<string> names, BoardImage image, Options options, Tally tally, TextWriter output)
    {
        TimeProvider time = TimeProvider.System;
        foreach (string name in names)
        {
            string folder = Path.Combine(options.Keep, $"{name}-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            IReadOnlyList<Outcome> outcomes;
            await using (var log = new StreamWriter(Path.Combine(folder, "transcript")) { AutoFlush = true })
            {
                var settings = new StageSettings(options.Seed, BoardWorld.PaceOf(options.Sabotage), PowerOn.Command(image, options.Seed, options.Sabotage), folder, null, ForeignAgent: true)
                {
                    Carrier = BoardWorld.Carrier(time),
                };
                var stage = new Stage(settings, new Transcript(TextWriter.Synchronized(log), time), time);
                outcomes = await All.Single(scenario => scenario.Name == name).RunAsync(stage, CancellationToken.None);
            }

            // A boot that was not even ready has its line in no such file; then the scenario has failed anyway.
            LifeFacts[] lives = [.. Directory.EnumerateFiles(folder, "facts.jsonl", SearchOption.AllDirectories).SelectMany(LifeFacts.Read)];
            tally.Boots += lives.Length;
            foreach (TimeSpan ready in ReadyTimes(lives, File.ReadLines(Path.Combine(folder, "transcript"))))
                tally.Ready(ready);
            tally.Cuts += lives.Count(life => life.Cut is not null);
            Finding[] disk = [.. lives.SelectMany(Judge.Disk)];
            string[] faults = [.. outcomes.SelectMany(outcome => outcome.Faults), .. outcomes.Where(outcome => outcome.Skipped is not null).Select(outcome => "it was not played: " + outcome.Skipped), .. disk.Select(one => one.What)];
            if (OwnBoards.EndedByHand)
            {
                output.WriteLine($"ended by hand in {name}");
                Directory.Delete(folder, recursive: true);
                return false;
            }

            if (faults.Length > 0)
            {
                tally.Count(new Finding(disk.Length > 0 ? Harm.Disk : Harm.Other, faults[0]));
                output.WriteLine($"FAIL {name}: {string.Join("; ", faults)}");
                output.WriteLine($"disk image, logs and transcript: {folder}; again: --scenarios {name} --cuts 0 --seed {options.Seed}{options.Broken}");
                return false;
            }

            output.WriteLine($"PASS {name}");
            Directory.Delete(folder, recursive: true);
        }

        return true;
    }

    /// <summary>From each power-on to the next HELLO of the agent's, of those boots that came so far.</summary>
    /// <param name="lives">When the power came.</param>
    /// <param name="transcript">Lines that begin with the time of day (UTC), then who, then the frame.</param>
    internal static IEnumerable<TimeSpan> ReadyTimes(IReadOnlyList<LifeFacts> lives, IEnumerable<string> transcript)
    {
        TimeSpan[] hellos =
        [
            .. transcript.Where(line => line.Contains("  agent    HELLO|", StringComparison.Ordinal)).Select(line => TimeSpan.Parse(line[..line.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture)),
        ];
        foreach (LifeFacts life in lives)
        {
            TimeSpan power = life.PowerAt.UtcDateTime.TimeOfDay;
            TimeSpan next = lives.Where(other => other.PowerAt > life.PowerAt).Select(other => other.PowerAt - life.PowerAt).DefaultIfEmpty(TimeSpan.FromHours(12)).Min();
            // A run over midnight goes on at 0:00.
            TimeSpan[] after = [.. hellos.Select(hello => hello >= power ? hello - power : hello + TimeSpan.FromDays(1) - power).Where(time => time < next).Order()];
            if (after.Length > 0)
                yield return after[0];
        }
    }
}
