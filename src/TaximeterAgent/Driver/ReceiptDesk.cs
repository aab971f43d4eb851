using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Printer;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>
/// Receipts on paper: one by itself when a trip is paid, where that is wanted, and one more whenever the driver asks. That it was given to the printer is stored in the
/// same commit as PAID and before it is printed: after a crash there is none rather than two. Lives on the engine's thread.
/// </summary>
internal sealed class ReceiptDesk
{
    /// <summary>The history's word for a receipt that was given to the printer.</summary>
    public const string Given = "receipt-printed";

    private readonly TripBook _book;
    private readonly ICustomerPrinter _printer;
    private readonly Func<long, bool> _wasGiven;
    private readonly Func<Language> _language;
    private readonly TimeProvider _time;
    private readonly Dictionary<long, TripState> _due = [];

    /// <param name="engine">Whose trips are paid.</param>
    /// <param name="options">The printer, and when it prints.</param>
    /// <param name="language">The display's language now.</param>
    /// <param name="time">What the history is stamped with.</param>
    public ReceiptDesk(Engine engine, DeskOptions options, Func<Language> language, TimeProvider time)
    {
        _book = engine.Book;
        _printer = options.Printer;
        _wasGiven = options.ReceiptGiven;
        _language = language;
        _time = time;
        Offered = options.Printer.Fitted && options.Receipt != ReceiptPrinting.Never;
        if (!options.Printer.Fitted || options.Receipt != ReceiptPrinting.Always)
            return;
        _book.Spoken += Take;
        engine.Settled += PrintDue;
        // What was decided has not happened: it is decided again, and printed then.
        engine.NotStored += _due.Clear;
    }

    /// <summary>True if the driver may print receipts.</summary>
    public bool Offered { get; }

    /// <summary>Prints the receipt of a paid trip because the driver wants it.</summary>
    /// <returns>False if the trip has no receipt.</returns>
    public bool Print(long trip)
    {
        if (_book.Find(trip) is not { } state || Receipt(state) is not { } receipt)
            return false;
        var copy = _wasGiven(trip);
        Note(trip, copy ? "a copy of the receipt is given to the printer" : "the receipt is given to the printer");
        _printer.PrintReceipt(receipt with { Copy = copy });
        return true;
    }

    private void Take(long trip, TripState state)
    {
        if (state.Word is not { Kind: WordKind.Paid } || Receipt(state) is null || _wasGiven(trip) || !_due.TryAdd(trip, state))
            return;
        Note(trip, "the receipt is given to the printer");
    }

    private void PrintDue()
    {
        foreach (var state in _due.Values)
            _printer.PrintReceipt(Receipt(state)!);
        _due.Clear();
    }

    private void Note(long trip, string text) => _book.Note(new HistoryLine(trip, _time.GetUtcNow(), "driver", Given, text));

    // The lines are those of the receipts in the payment app, whose parts sum to the same.
    private PaperReceipt? Receipt(TripState state)
    {
        if (state is not { Fare: { } fare, Word: { Kind: WordKind.Paid, Amount: > 0 } word })
            return null;
        var kept = state.Attempts.Where(attempt => attempt is { Captured: > 0, Undo: false }).ToList();
        return new PaperReceipt(new Money(word.Amount, fare.Total.Currency), ReceiptLine.For(fare, 0, word.Amount), _language())
        {
            Trip = fare.Trip.Trip,
            Finish = Times.Read(fare.Finish),
            Distance = fare.Distance,
            References = [.. kept.Select(attempt => attempt.Reference.ToString())],
            SalesUnit = string.Join(' ', kept.Select(attempt => attempt.SalesUnit.MerchantSerialNumber).Distinct()),
        };
    }
}
