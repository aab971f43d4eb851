using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Printer;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>
/// Codes on paper: each is printed once it is known, and again when the driver wants it or the agent has started anew (what a printer had in its hands when the power
/// went is not known). The same code twice is the same payment, so a slip too many charges nobody.
/// </summary>
internal sealed class CodeDesk(TripBook book, ICustomerPrinter printer, Func<Language> language)
{
    private readonly HashSet<Reference> _printed = [];
    private Reference? _last;

    /// <summary>Prints what has become known, and takes back what nobody can pay by any more. To be called after every round: what is in the book then is stored.</summary>
    public void Look()
    {
        if (!printer.Fitted)
            return;
        HashSet<Reference>? gone = _printed.Count > 0 ? [.. _printed] : null;
        foreach (var (_, state) in book.Trips)
        {
            if (state.LiveCode() is not { } code)
                continue;
            gone?.Remove(code.Reference);
            if (!_printed.Contains(code.Reference))
                Print(state, code);
        }

        if (gone is null)
            return;
        _printed.ExceptWith(gone);
        if (_last is not { } last || !gone.Contains(last))
            return;
        printer.ForgetLink();
        _last = null;
    }

    /// <summary>The driver wants a trip's slip once more; false if there is no code to print for it.</summary>
    public bool Again(TripState state)
    {
        if (!printer.Fitted || state.LiveCode() is not { } code)
            return false;
        Print(state, code);
        return true;
    }

    private void Print(TripState state, Attempt code)
    {
        printer.PrintLink(new QrSlip(code.Link!, code.Amount, language()) { Trip = state.Trip?.Trip ?? "", Until = code.ExpiresAt });
        _printed.Add(code.Reference);
        _last = code.Reference;
    }
}

internal static class Codes
{
    /// <summary>The payment that can be approved by scanning its code; null if there is none.</summary>
    public static Attempt? LiveCode(this TripState state)
    {
        foreach (var attempt in state.Attempts)
        {
            if (attempt is { ByCode: true, Link: not null, State: PaymentState.Created, Withdraw: false, Undo: false, Ending: null })
                return attempt;
        }

        return null;
    }
}
