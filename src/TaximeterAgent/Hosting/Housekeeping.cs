using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Carrying;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Hosting;

/// <summary>What is removed from the store as it grows old or too large, piece by piece; on the engine's thread.</summary>
/// <param name="options">How long what is kept.</param>
/// <param name="outbox">The store.</param>
/// <param name="time">The car's clock, and the monotonic one.</param>
/// <param name="skew">See <see cref="AgeClock"/>.</param>
internal sealed class Housekeeping(OutboxOptions options, IOutboxStore outbox, TimeProvider time, Func<TimeSpan?> skew)
{
    /// <summary>The setting that has what <see cref="AgeClock"/> said last.</summary>
    internal const string KeptTime = "age-clock";

    // Confirmed, it is known again with the next answer of the service; otherwise each hour that was counted is worth a sector.
    private static readonly TimeSpan s_keepConfirmed = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_keepCounted = TimeSpan.FromMinutes(30);

    private AgeClock? _clock;
    private DateTimeOffset? _kept;

    /// <summary>Does one piece.</summary>
    /// <returns>True if there is more to do.</returns>
    public bool Piece()
    {
        if (_clock is null)
        {
            _kept = DateTimeOffset.TryParse(outbox.Setting(KeptTime), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var kept) ? kept : null;
            _clock = new AgeClock(time, skew, _kept);
        }

        var age = _clock.Read();
        // What is left of the reserve is for fares: on a full disk nothing is wiped or removed, and that is not tried again every second.
        if (outbox.Reserve.InUse)
            return false;
        var stamped = age is { Confirmed: true, Now: var sure } ? outbox.StampAnew(sure) : 0;
        // With no time no number is old, but what a crash has left of those that were wiped is.
        var wiped = outbox.WipePhones(age?.Now - options.PhoneRetention ?? DateTimeOffset.UnixEpoch);
        var pruned = outbox.Prune(age?.Now - options.HistoryRetention, options.HistoryMaximum, now: age?.Now);
        if (age is { } reached)
            Keep(reached);
        if (age is { Confirmed: true })
        {
            foreach (var folder in new[] { Quarantine.Folder, CarryingOver.Kept })
                KeptPlace.RemoveOld(options.Directory, folder, age.Value.Now - options.HistoryRetention);
        }

        outbox.Flush();
        return stamped > 0 || wiped.More || !wiped.Erased || pruned > 0;
    }

    private void Keep(AgeTime age)
    {
        if (_kept is { } kept && (age.Now - kept).Duration() < (age.Confirmed ? s_keepConfirmed : s_keepCounted))
            return;
        var batch = new OutboxBatch();
        batch.Settings[KeptTime] = age.Now.ToString("O", CultureInfo.InvariantCulture);
        try
        {
            outbox.Commit(batch);
            _kept = age.Now;
        }
        catch (OutboxFullException)
        {
            // A fare has more need of what room there is. It is tried again with the next piece.
        }
    }
}
