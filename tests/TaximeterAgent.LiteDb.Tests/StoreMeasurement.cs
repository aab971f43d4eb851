using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Carrying;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>
/// What both stores cost on this machine's disk, one after the other in the same process: the table in docs/outbox.md. Not a test; run by
/// <c>TAXIMETER_TESTS_MEASURE=DIRECTORY dotnet exec …/TaximeterAgent.LiteDb.Tests.dll</c>.
/// </summary>
internal static class StoreMeasurement
{
    private const string Variable = "TAXIMETER_TESTS_MEASURE";
    private const int Fares = 300;
    private const int Trips = 4_000;
    private const int LinesOfATrip = 12;

    [ModuleInitializer]
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory)
            return;
        // Once for the runtime to compile, once to be looked at.
        Table(Path.Combine(directory, "first"), 30, 200);
        foreach (var (name, values) in Table(Path.Combine(directory, "second"), Fares, Trips))
            Console.WriteLine($"| {name} | {string.Join(" | ", values)} |");
        Environment.Exit(0);
    }

    private static IEnumerable<(string Name, string[] Values)> Table(string directory, int fares, int trips)
    {
        var sqlite = Measure(OutboxStore.Sqlite, Path.Combine(directory, "sqlite"), fares, trips);
        var lite = Measure(OutboxStore.LiteDb, Path.Combine(directory, "litedb"), fares, trips);
        return sqlite.Zip(lite, (one, other) => (one.Name, new[] { one.Value, other.Value })).Append(("carried over to the other store and compared", [Carry(OutboxStore.Sqlite, directory), Carry(OutboxStore.LiteDb, directory)]));
    }

    private static List<(string Name, string Value)> Measure(OutboxStore store, string directory, int fares, int trips)
    {
        var found = new List<(string, string)>();
        var clock = new StandingClock();
        using (var outbox = OutboxStores.Open(store, directory, clock))
        {
            var (times, written) = (new List<double>(), Written());
            for (var key = 1; key <= fares; key++)
            {
                times.Add(Milliseconds(() => outbox.Commit(Examples.FareBatch(key, key))));
                times.Add(Milliseconds(() => outbox.Commit(Closing(key))));
                outbox.Tend();
            }

            times.Sort();
            found.Add(("a synced commit, median", Text(times[times.Count / 2], "ms")));
            found.Add(("a synced commit, the slowest of a hundred", Text(times[times.Count * 99 / 100], "ms")));
            outbox.Idle();
            found.Add(("written to the disk for a fare's two commits, all in all", Text((Written() - written) / 1024.0 / fares, "KiB")));
            for (var key = fares + 1; key <= trips; key++)
            {
                var batch = Examples.FareBatch(key, key, sync: false);
                batch.History.AddRange(Enumerable.Range(1, LinesOfATrip - 1).Select(line => Examples.Line(key, $"line {line}")));
                outbox.Commit(batch);
                outbox.Commit(Closing(key, sync: false));
                if (key % 50 == 0)
                    outbox.Idle();
            }

            outbox.Idle();
            var count = trips.ToString("N0", CultureInfo.InvariantCulture);
            found.Add(($"the file, {count} trips and {LinesOfATrip} lines each", Text(new FileInfo(outbox.File).Length / 1048576.0, "MiB")));
            found.Add(("a synced commit with them there, median", Text(Median(21, i => outbox.Commit(Examples.FareBatch(trips + 1 + i, trips + 1 + i))), "ms")));
            found.Add(("the newest 100 trips for a person", Text(Median(5, _ => outbox.Reader.List()), "ms")));
            found.Add(("200 trips' phone numbers wiped, and no byte of them left", Text(Milliseconds(() => outbox.WipePhones(Examples.Noon.AddDays(1))), "ms")));
        }

        found.Add(("a start, with all of them read once", Text(Median(3, _ => OutboxStores.Open(store, directory, clock).Dispose()), "ms")));
        found.Add(("the process's memory then", Text(Memory(), "MiB")));
        return found;
    }

    private static string Carry(OutboxStore from, string directory)
    {
        var place = Path.Combine(directory, from == OutboxStore.Sqlite ? "sqlite" : "litedb");
        return Text(Milliseconds(() => new CarryingOver(place, from, from == OutboxStore.Sqlite ? OutboxStore.LiteDb : OutboxStore.Sqlite, new StandingClock()).Run(CancellationToken.None)), "ms");
    }

    private static OutboxBatch Closing(int key, bool sync = true)
    {
        var batch = new OutboxBatch { Sync = sync };
        batch.Trips[key] = Examples.Closed(key);
        batch.RemovedOperations.Add(Examples.Create(key, key).Operation.Id);
        batch.History.Add(Examples.Line(key, "paid"));
        return batch;
    }

    private static double Median(int times, Action<int> what)
    {
        var taken = Enumerable.Range(0, times).Select(i => Milliseconds(() => what(i))).Order().ToList();
        return taken[taken.Count / 2];
    }

    private static double Milliseconds(Action what)
    {
        var begun = Stopwatch.GetTimestamp();
        what();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static long Written() => long.Parse(File.ReadLines("/proc/self/io").First(line => line.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    private static double Memory()
    {
        GC.Collect();
        return Process.GetCurrentProcess().WorkingSet64 / 1048576.0;
    }

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {unit}");
}
