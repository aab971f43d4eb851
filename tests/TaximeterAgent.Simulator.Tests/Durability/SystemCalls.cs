using System.Globalization;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Tests.Durability;

/// <summary>
/// Reads what strace wrote (<c>-f -y</c>) and says whether a FARE's last byte, a sync of the outbox and the ACK came in that order. It knows nothing of the agent but
/// the names of its files.
/// </summary>
internal static partial class SystemCalls
{
    /// <returns>What is wrong; null if a sync of the outbox lies between the FARE's last byte and its ACK.</returns>
    public static string? FaultIn(IEnumerable<string> trace)
    {
        string? sequence = null;
        bool whole = false, synced = false;
        foreach (var call in Whole(trace))
        {
            if (Read().IsMatch(call))
            {
                if (sequence is null && Fare().Match(call) is { Success: true } fare)
                    sequence = fare.Groups["seq"].Value;
                // The line may hand over a frame in pieces: its last byte is the carriage return.
                whole |= sequence is not null && call.Contains(@"\r", StringComparison.Ordinal);
            }
            else if (whole && Sync().IsMatch(call))
            {
                synced = true;
            }
            else if (sequence is not null && call.Contains($"\"\\2ACK|{sequence}|", StringComparison.Ordinal) && call.Contains("write(", StringComparison.Ordinal))
            {
                return synced ? null : $"ACK|{sequence} was written before the outbox was synced: {call}";
            }
        }

        return sequence is null ? "no FARE was read from the line" : "the FARE was never acknowledged";
    }

    // A call that another thread interrupts is written in two halves; it has happened when its second half is there.
    private static IEnumerable<string> Whole(IEnumerable<string> trace)
    {
        var begun = new Dictionary<int, string>();
        foreach (var row in trace)
        {
            var space = row.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || !int.TryParse(row.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
                continue;
            if (row.EndsWith("<unfinished ...>", StringComparison.Ordinal))
                begun[thread] = row;
            else if (row.Contains(" resumed>", StringComparison.Ordinal))
                yield return begun.GetValueOrDefault(thread, "") + row;
            else
                yield return row;
        }
    }

    [GeneratedRegex(@"\bread\(\d+</dev/pts/")]
    private static partial Regex Read();

    [GeneratedRegex(@"\\2FARE\|(?<seq>\d+)\|")]
    private static partial Regex Fare();

    [GeneratedRegex(@"\bf(data)?sync\(\d+<[^>]*/outbox\.(db|db-wal|journal)>.*= 0$")]
    private static partial Regex Sync();
}
