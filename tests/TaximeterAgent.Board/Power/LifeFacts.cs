using System.Text.Json;
using TaximeterAgent.Board.Disk;

namespace TaximeterAgent.Board.Power;

/// <summary>What was found when the power came: how the cut before it left the disk.</summary>
/// <param name="Life">1 for the first.</param>
/// <param name="PowerAt">When QEMU was started.</param>
/// <param name="Cut">What the cut dropped; null for the first life.</param>
/// <param name="Repair">How <c>e2fsck -p</c> ended on a copy; null for the first life.</param>
/// <param name="Check">How <c>e2fsck -fn</c> ended after it; null for the first life.</param>
internal sealed record LifeFacts(int Life, DateTimeOffset PowerAt, CutFacts? Cut, int? Repair, int? Check)
{
    public static void Append(string file, LifeFacts facts) => File.AppendAllText(file, JsonSerializer.Serialize(facts) + "\n");

    public static IReadOnlyList<LifeFacts> Read(string file) =>
        File.Exists(file) ? [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize<LifeFacts>(line)!)] : [];
}
