using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox.Carrying;

/// <summary>How much was carried over.</summary>
internal sealed record ContentCount(long Trips, long Operations, long Timers, long HistoryLines, long Identities, long Settings);

/// <summary>Whether two outboxes hold the same: every row of them, in order.</summary>
internal static class ContentComparison
{
    private const int AskedEvery = 1_000;

    /// <summary>Compares both whole.</summary>
    /// <returns>How much they hold; or the first difference, in words without a phone number.</returns>
    public static (ContentCount? Count, string? Difference) Of(IOutboxContent left, IOutboxContent right, CancellationToken stop)
    {
        if (left.LastKey != right.LastKey)
            return (null, $"the highest key is {left.LastKey} and {right.LastKey}");
        string? difference = null;
        long Same<T>(IEnumerable<T> one, IEnumerable<T> other, Func<T, string> name, Func<T, T, bool>? same = null)
            where T : class
        {
            if (difference is not null)
                return 0;
            using var a = one.GetEnumerator();
            using var b = other.GetEnumerator();
            for (long count = 0; ; count++)
            {
                if (count % AskedEvery == 0)
                    stop.ThrowIfCancellationRequested();
                var (isA, isB) = (a.MoveNext(), b.MoveNext());
                if (!isA && !isB)
                    return count;
                if (isA && isB && (same ?? Equals)(a.Current, b.Current))
                    continue;
                difference = isA && isB ? $"{name(a.Current)} and {name(b.Current)} differ" : $"{name(isA ? a.Current : b.Current)} is in one of them only";
                return count;
            }
        }

        var count = new ContentCount(
            Same(left.Trips(), right.Trips(), trip => $"trip {trip.Key}"),
            Same(left.Operations(), right.Operations(), one => $"operation {one.Id} of trip {one.TripKey}", SameOperation),
            Same(left.Timers(), right.Timers(), timer => $"timer {timer.Kind} of trip {timer.TripKey}"),
            Same(left.History(), right.History(), line => $"line {line.Id} of the history"),
            Same(left.Identities(), right.Identities(), one => $"the identity of trip {one.TripKey}"),
            Same(left.Settings(), right.Settings(), setting => $"setting {setting.Name}"));
        return difference is null ? (count, null) : (null, difference);
    }

    private static bool SameOperation(OperationRow left, OperationRow right) =>
        left.Body.Span.SequenceEqual(right.Body.Span) && left with { Body = default } == right with { Body = default };
}
