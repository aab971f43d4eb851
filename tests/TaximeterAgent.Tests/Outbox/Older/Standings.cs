using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>What a trip's state says where it stands so.</summary>
internal static class Standings
{
    public static bool Are(Standing standing, TripState state) => standing switch
    {
        Standing.Asked => state is { Fare: not null, Phone: null, Attempts: [] },
        Standing.CreateUnknown => state is { Busy: true, Attempts: [{ Existence: Existence.Uncertain }] },
        Standing.Waiting => state is { Busy: true, Attempts: [{ Existence: Existence.Exists, State: PaymentState.Created }] },
        Standing.Capturing => state is { Busy: true, Attempts: [{ State: PaymentState.Authorized, Captured: 0, Capture.Unknown: true }] },
        Standing.Paid => state is { Busy: false, Word: { Kind: WordKind.Paid, Acknowledged: true }, Attempts: [{ Captured: > 0, Receipt: ReceiptState.Posted }] },
        Standing.Refunded => state is { Busy: false, Word: { Kind: WordKind.Refunded, Acknowledged: true }, Attempts: [{ Refunded: > 0 }] },
        Standing.Voided => state is { Settled: SettledBy.Void, Attempts: [{ Ending: not null, Captured: 0 }] },
        Standing.Reserved => state is { Busy: true, Fare: null, Booking: not null, Attempts: [{ Kind: AttemptKind.Reservation, State: PaymentState.Authorized, Captured: 0 }] },
        Standing.Unpaid => state is { Busy: false, Unpaid: true, Word: { Kind: WordKind.Unpaid, Acknowledged: true } },
        Standing.Stopped => state is { Busy: false, Stopped: not null },
        Standing.VoidedUnseen => state is { Fare: null, Settled: SettledBy.Void },
        Standing.Untold => state is { Busy: true, Word: { Kind: WordKind.Paid, Acknowledged: false }, Attempts: [{ Captured: > 0, Receipt: not ReceiptState.Posted }] },
        Standing.Offline => state is { Busy: true, Attempts: [{ Existence: Existence.Unsent }] },
        _ => false,
    };
}
