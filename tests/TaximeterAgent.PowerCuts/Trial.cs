using TaximeterAgent.Configuration;
using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;
using TaximeterAgent.PowerCuts.Workload;

namespace TaximeterAgent.PowerCuts;

/// <summary>One seed's day: recorded once, cut many times, and gone on with after some of the cuts.</summary>
internal sealed class Trial : IDisposable
{
    private const int StepsAfterACut = 14;
    private const int ThoroughEach = 16;

    // Images are made and thrown away by the thousand: in memory, where there is such a place.
    private readonly string _directory = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"taximeter-cuts-{Environment.ProcessId}-{Guid.NewGuid():n}")).FullName;

    private readonly int _seed;
    private readonly Sabotage _sabotage;
    private readonly Tally _tally;
    private readonly Inspector _inspector;
    private readonly OutboxStore _store;

    public Trial(int seed, Sabotage sabotage, Tally tally, OutboxStore store = OutboxStore.Sqlite)
    {
        _seed = seed;
        _store = store;
        _sabotage = sabotage;
        _tally = tally;
        _inspector = new Inspector(Plan.Of(seed), store, sabotage.Wrap);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Cuts until a promise is broken, or all has been tried.</summary>
    /// <param name="cuts">At most so many.</param>
    /// <param name="goOn">False: enough, for reasons of time.</param>
    public async Task<Violation?> RunAsync(int cuts, Func<bool> goOn)
    {
        var chance = new Chance(_seed + 0x1000_0000L);
        var record = await RecordAsync();
        var branches = cuts < 200 ? 0 : Math.Clamp(cuts / 500, 1, 4);
        var each = branches == 0 ? 0 : Math.Min(250, cuts / 5);
        if (Cut([], record, cuts - branches * each, chance, goOn) is { } found)
            return found;
        for (var branch = 0; branch < branches && goOn(); branch++)
        {
            // Of the last third of its life nothing is left to go on with.
            var first = Schedule.Of(record, 40, chance).Where(cut => !cut.IsPrefix && cut.After < record.Operations.Count * 2 / 3 && record.PromiseAt(cut.After).Acknowledged > 0).ToList();
            if (first.Count == 0)
                continue;
            var cut = chance.Pick(first);
            if (await AfterAsync(record, cut) is { } later && Cut([cut], later, each, chance, goOn) is { } again)
                return again;
        }

        return null;
    }

    /// <summary>Makes one cut again, and tells all about it.</summary>
    public async Task<Violation?> ReplayAsync(IReadOnlyList<Cut> cuts, TextWriter output)
    {
        var record = await RecordAsync();
        foreach (var earlier in cuts.SkipLast(1))
            record = await AfterAsync(record, earlier) ?? throw new InvalidDataException($"After {earlier} the store could not be gone on with.");
        if (cuts[^1].After > record.Operations.Count)
            throw new InvalidDataException($"There are only {record.Operations.Count} operations.");
        var disk = new DiskModel(record);
        disk.MoveTo(cuts[^1].After);
        output.WriteLine(Describe(record, disk, cuts[^1]));
        return Try([.. cuts.SkipLast(1)], record, disk, cuts[^1], thorough: true) ?? Try([.. cuts.SkipLast(1)], record, disk, cuts[^1], thorough: false);
    }

    private Violation? Cut(IReadOnlyList<Cut> before, Record record, int count, Chance chance, Func<bool> goOn)
    {
        var disk = new DiskModel(record);
        var number = 0;
        foreach (var cut in Schedule.Of(record, count, chance))
        {
            if (!goOn())
                return null;
            disk.MoveTo(cut.After);
            _tally.Count(cut, Moment(record, cut.After));
            if (Try(before, record, disk, cut, thorough: number++ % ThoroughEach == 0) is { } violation)
                return violation;
        }

        return null;
    }

    private Violation? Try(IReadOnlyList<Cut> before, Record record, DiskModel disk, Cut cut, bool thorough)
    {
        var root = Path.Combine(_directory, "image");
        _sabotage.Damage(Image.After(disk, cut, _sabotage.Sector)).WriteTo(root);
        return _inspector.Check(root, record.PromiseAt(cut.After), thorough, out _) is { } finding
            ? new Violation(_seed, [.. before, cut], finding, Describe(record, disk, cut))
            : null;
    }

    // The store is started on what the cut has left, and works on; what it does then can be cut again.
    private async Task<Record?> AfterAsync(Record record, Cut cut)
    {
        var disk = new DiskModel(record);
        disk.MoveTo(cut.After);
        var image = Image.After(disk, cut);
        var root = Path.Combine(_directory, "after");
        image.WriteTo(root);
        var promise = record.PromiseAt(cut.After);
        if (_inspector.Check(root, promise, thorough: false, out var shown) is not null || shown < 0)
            return null;
        // It has been opened to see what it shows; the life begins with what the cut has left.
        image.WriteTo(root);
        var life = new Life(_seed, Math.Min(shown + StepsAfterACut, Plan.StepsOfADay), LifeEnd.Closed, NewSchema: promise.NewSchema, Wrap: _sabotage.Wrap, Store: _store);
        var operations = await Recorder.RecordAsync(root, life);
        var files = image.Files.Where(file => !file.Key.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value.Bytes.ToArray());
        return new Record(files, image.Directories, _sabotage.Alter(operations), promise with { Begun = shown });
    }

    private async Task<Record> RecordAsync()
    {
        var root = Path.Combine(_directory, "day");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(root);
        var operations = new List<FileOperation>();
        foreach (var life in Lives.Of(_seed))
            operations.AddRange(await Recorder.RecordAsync(root, life with { Wrap = _sabotage.Wrap, Store = _store, Full = life.Full && _store == OutboxStore.Sqlite }));
        return Record.FromNothing(_sabotage.Alter(operations));
    }

    // What the store was at: the last word before the cut, without its number.
    private static string Moment(Record record, int after)
    {
        for (var i = after - 1; i >= 0; i--)
        {
            if (record.Operations[i] is FileOperation.Marker marker)
                return marker.Text.Split(' ')[0] switch { "begin" => "in a step", "opening" => "opening", "opening-new" => "new schema", _ => "between steps or closing" };
        }

        return "before all";
    }

    private static string Describe(Record record, DiskModel disk, Cut cut)
    {
        var fates = cut.Fates(disk.Pending);
        var lines = new List<string> { $"cut after operation {cut.After} of {record.Operations.Count}: {(cut.After == 0 ? "nothing yet" : record.Operations[cut.After - 1])}" };
        for (var i = 0; i < fates.Length; i++)
            lines.Add($"  {fates[i].ToString().ToLowerInvariant(),-5} {disk.Pending[i].Operation}: {record.Operations[disk.Pending[i].Operation]}");
        return string.Join('\n', lines);
    }
}
