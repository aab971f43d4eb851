using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The last paid trips come from the store, closed long ago or not.</summary>
public sealed class LastPaidTests : IDisposable
{
    private readonly TestFiles _files = new();

    [Fact]
    public void Paid_trips_come_newest_first_without_those_that_are_refunded_or_open()
    {
        using var outbox = SqliteOutbox.Open(_files.Path("outbox"), TimeProvider.System);
        var refunded = Examples.Closed(3);
        TripState[] states = [Examples.Closed(1), Examples.Closed(2), refunded with { Word = refunded.Word! with { Kind = WordKind.Refunded } }, Examples.Open(4)];
        foreach (var state in states)
            outbox.Commit(new OutboxBatch { Sync = true, Trips = { [outbox.NextKey()] = state } });

        Assert.Equal(["2", "1"], MenuTrips.LastPaid(outbox.Reader, 10).Select(trip => trip.Number));
        var last = Assert.Single(MenuTrips.LastPaid(outbox.Reader, 1));
        Assert.Equal((34_500, "+47 •••• ••67"), (last.Amount.MinorUnits, last.Phone));
    }

    public void Dispose() => _files.Dispose();
}
