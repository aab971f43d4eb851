using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts;

/// <summary>Which cuts of a record are tried: spread over all of it, each kind at its turn.</summary>
internal static class Schedule
{
    private static readonly CutKind[] s_damages = [CutKind.Torn, CutKind.Torn, CutKind.Zeros, CutKind.Noise];

    /// <summary>At most <paramref name="count"/> cuts, in the order of the record.</summary>
    public static IReadOnlyList<Cut> Of(Record record, int count, Chance chance)
    {
        var pending = PendingAt(record);
        var cuts = new HashSet<Cut>();
        // A quarter: prefixes, evenly. All of them if there is room.
        var prefixes = Math.Max(1, count / 4);
        var step = Math.Max(1.0, pending.Count * 2.0 / prefixes);
        for (var at = chance.Fraction() * step; at < pending.Count * 2 && cuts.Count < prefixes; at += step)
            cuts.Add(new Cut((int)at / 2, (int)at % 2 == 0 ? CutKind.All : CutKind.None, 0));
        var moments = Enumerable.Range(0, pending.Count).Where(at => pending[at] > 0).ToList();
        for (var tries = 0; cuts.Count < count && tries < count * 4; tries++)
        {
            var after = chance.Pick(moments);
            cuts.Add((tries % 6) switch
            {
                0 => new Cut(after, CutKind.Without, chance.Between(0, pending[after])),
                1 => new Cut(after, CutKind.Only, chance.Between(0, pending[after])),
                2 or 3 => new Cut(after, CutKind.Subset, chance.Between(0, 1_000_000)),
                _ => new Cut(after, chance.Pick(s_damages), chance.Between(0, 1_000_000)),
            });
        }

        return [.. cuts.OrderBy(cut => cut.After)];
    }

    // How many changes are uncertain after each operation.
    private static List<int> PendingAt(Record record)
    {
        var disk = new DiskModel(record);
        var pending = new List<int>();
        for (var after = 0; after <= record.Operations.Count; after++)
        {
            disk.MoveTo(after);
            pending.Add(disk.Pending.Count);
        }

        return pending;
    }
}
