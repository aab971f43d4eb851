using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver;
using TaximeterAgent.Printer;
using TaximeterAgent.Tests.Meter.Contacts;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver's desk before a real engine, with fares of a meter that has a line.</summary>
internal sealed class DeskRig
{
    public const string Pin = "4711";

    public DeskRig(
        string pin = Pin, int columns = 16, int rows = 2, Action<bool>? light = null, ICustomerPrinter? printer = null, ReceiptPrinting receipt = ReceiptPrinting.Never) => Rig = new ContactRig(
        contacts: false,
        new DeskOptions
        {
            RefundPin = pin,
            Columns = columns,
            Rows = rows,
            Light = light,
            LastPaid = LastPaid,
            Printer = printer ?? new NoPrinter(),
            Receipt = receipt,
            ReceiptGiven = trip => Rig!.Outbox.History.Any(line => line.TripKey == trip && line.What == ReceiptDesk.Given),
        });

    public ContactRig Rig { get; }

    public string Shown => Rig.Shown;

    public TimeSpan? NextDue => Rig.Driver.NextDue is { } at ? Rig.Time.GetElapsedTime(Rig.Time.GetTimestamp(), at) : null;

    /// <summary>A fare that began here, so that nobody looks for an earlier request; its number is 1, 2, ...; it is due in kroner.</summary>
    public void Fare(int number, int kroner)
    {
        Money amount = Examples.Nok(kroner * 100L), nothing = Examples.Nok(0);
        Rig.Do(() => Rig.Engine.Meter.Fare(new Fare(Examples.Trip(number), amount, amount, nothing, nothing, 1_200, 1_200) { Finish = "2026-11-20T12:30:00Z" }));
        Rig.Engine.Drain();
    }

    public void Press(string keys) => Rig.Press(keys);

    /// <summary>A fare that is paid.</summary>
    public void Paid(int number, int kroner)
    {
        Fare(number, kroner);
        Press("91234567#");
        Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("|PAID", Shown, StringComparison.Ordinal);
    }

    public int Count(OperationKind kind) => Rig.Service.Calls.Count(call => call.Kind == kind);

    // From the book: all trips of these tests are open enough to be there.
    private IReadOnlyList<TaximeterAgent.Driver.Screens.MenuTrip> LastPaid(int most) =>
        [.. Rig.Engine.Book.Trips.Where(trip => trip.Value.Word?.Kind == WordKind.Paid).OrderByDescending(trip => trip.Key).Take(most).Select(trip => MenuTrips.Of(trip.Key, trip.Value))];
}
