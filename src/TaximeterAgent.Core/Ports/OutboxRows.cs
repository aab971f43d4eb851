using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Ports;

/// <summary>A trip as every store keeps it. Times are Unix milliseconds.</summary>
/// <param name="Key">The store's own name of it.</param>
/// <param name="Meter">The meter's identity; null for a booking whose fare has not come.</param>
/// <param name="Trip">The meter's own number.</param>
/// <param name="Start">When it began, by the meter.</param>
/// <param name="Booking">The booking's name.</param>
/// <param name="Open">Money or a request can still be out there, or someone has to be told.</param>
/// <param name="Unpaid">A new request could still be made.</param>
/// <param name="Failed">A person has to look.</param>
/// <param name="Phones">There are phone numbers in the state.</param>
/// <param name="CreatedAt">When it was first stored.</param>
/// <param name="UpdatedAt">When it was last stored.</param>
/// <param name="ClosedAt">Since when it is not open.</param>
/// <param name="State">See <see cref="ITripStateCodec"/>.</param>
public sealed record TripRow(
    long Key, string? Meter, string? Trip, string? Start, string? Booking, bool Open, bool Unpaid, bool Failed, bool Phones, long CreatedAt, long UpdatedAt, long? ClosedAt, string State);

/// <summary>An operation as every store keeps it.</summary>
/// <param name="Id">Its own name, used once.</param>
/// <param name="TripKey">Whose it is.</param>
/// <param name="Kind">The word of an <see cref="OperationKind"/>.</param>
/// <param name="Reference">The payment's.</param>
/// <param name="BaseUrl">The sales unit's host.</param>
/// <param name="Msn">The sales unit.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">The word of a <see cref="Fares.Currency"/>.</param>
/// <param name="Phone">Digits.</param>
/// <param name="ReceiptOffset">See <see cref="Operation.ReceiptOffset"/>.</param>
/// <param name="StoredAt">Unix milliseconds.</param>
/// <param name="Body">The exact bytes that are sent.</param>
public sealed record OperationRow(
    string Id, long TripKey, string Kind, string Reference, string BaseUrl, string Msn, long? Amount, string? Currency, string? Phone, long ReceiptOffset, long StoredAt, ReadOnlyMemory<byte> Body)
{
    /// <summary>How an operation is kept.</summary>
    public static OperationRow Of(StoredOperation stored)
    {
        var o = stored.Operation;
        return new OperationRow(
            o.Id,
            stored.TripKey,
            o.Kind.ToString(),
            o.Reference.ToString(),
            o.SalesUnit.BaseUrl,
            o.SalesUnit.MerchantSerialNumber,
            o.Amount?.MinorUnits,
            o.Amount?.Currency.ToString(),
            o.Phone?.Msisdn,
            o.ReceiptOffset,
            stored.StoredAt.ToUnixTimeMilliseconds(),
            stored.Body);
    }

    /// <summary>The operation that is kept so.</summary>
    /// <exception cref="TripStateUnreadableException">What is kept is not known.</exception>
    public StoredOperation ToStored() => new(
        TripKey,
        new Operation
        {
            Id = Id,
            Kind = Stored.Known<OperationKind>(TripKey, Kind),
            Reference = Payments.Reference.TryParse(Reference, out var reference) ? reference : throw Stored.Unreadable(TripKey, "an operation's reference"),
            SalesUnit = new SalesUnit(BaseUrl, Msn),
            Amount = Amount is { } amount ? new Money(amount, Stored.Known<Currency>(TripKey, Currency ?? "")) : null,
            Phone = Phone is { } digits ? (PhoneNumber.TryFromMsisdn(digits, out var phone) ? phone : throw Stored.Unreadable(TripKey, "an operation's phone number")) : null,
            ReceiptOffset = ReceiptOffset,
        },
        Body,
        DateTimeOffset.FromUnixTimeMilliseconds(StoredAt));
}

/// <summary>A timer as every store keeps it.</summary>
/// <param name="TripKey">Whose it is.</param>
/// <param name="Kind">The word of a <see cref="TimerKind"/>.</param>
/// <param name="Reference">The payment's; empty for a timer of the trip itself.</param>
/// <param name="SetAt">Unix milliseconds.</param>
/// <param name="After">Milliseconds.</param>
public sealed record TimerRow(long TripKey, string Kind, string Reference, long SetAt, long After)
{
    /// <summary>How a timer is kept.</summary>
    public static TimerRow Of(StoredTimer timer) =>
        new(timer.TripKey, timer.Kind.ToString(), timer.Reference?.ToString() ?? "", timer.SetAt.ToUnixTimeMilliseconds(), Stored.Milliseconds(timer.After));

    /// <summary>The timer that is kept so.</summary>
    /// <exception cref="TripStateUnreadableException">What is kept is not known.</exception>
    public StoredTimer ToStored()
    {
        Reference? reference = Reference.Length == 0 ? null : Payments.Reference.TryParse(Reference, out var known) ? known : throw Stored.Unreadable(TripKey, "a timer's reference");
        return new StoredTimer(TripKey, Stored.Known<TimerKind>(TripKey, Kind), reference, DateTimeOffset.FromUnixTimeMilliseconds(SetAt), TimeSpan.FromMilliseconds(After));
    }
}

/// <summary>A line of history as every store keeps it.</summary>
/// <param name="Id">Ascending in the order in which they were written.</param>
/// <param name="TripKey">The trip; null for what concerns the whole car.</param>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Actor">See <see cref="HistoryLine"/>.</param>
/// <param name="What">See <see cref="HistoryLine"/>.</param>
/// <param name="Text">See <see cref="HistoryLine"/>.</param>
/// <param name="Reference">See <see cref="HistoryLine"/>.</param>
/// <param name="Code">See <see cref="HistoryLine"/>.</param>
/// <param name="TraceId">See <see cref="HistoryLine"/>.</param>
/// <param name="Duration">Milliseconds.</param>
public sealed record HistoryRow(long Id, long? TripKey, long At, string Actor, string What, string Text, string? Reference, string? Code, string? TraceId, long? Duration)
{
    /// <summary>How a line is kept.</summary>
    public static HistoryRow Of(long id, HistoryLine line) => new(
        id, line.TripKey, line.At.ToUnixTimeMilliseconds(), line.Actor, line.What, line.Text, line.Reference, line.Code, line.TraceId,
        line.Duration is { } duration ? Stored.Milliseconds(duration) : null);

    /// <summary>The line that is kept so.</summary>
    public HistoryLine ToLine() => new(
        TripKey, DateTimeOffset.FromUnixTimeMilliseconds(At), Actor, What, Text, Reference, Code, TraceId, Duration is { } duration ? TimeSpan.FromMilliseconds(duration) : null);
}

/// <summary>An identity as every store keeps it.</summary>
public sealed record IdentityRow(Identity Id, long TripKey, long Content);

/// <summary>A setting as every store keeps it.</summary>
public sealed record SettingRow(string Name, string Value);

/// <summary>Values on their way into a store and back.</summary>
public static class Stored
{
    /// <summary>Rounded up: a timer that is a little late does no harm.</summary>
    public static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    // A word is quoted; what has digits in it could be a number.
    internal static T Known<T>(long key, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : throw Unreadable(key, $"the {typeof(T).Name} {(name.Any(char.IsAsciiDigit) ? "that is stored" : $"'{name}'")}");

    internal static TripStateUnreadableException Unreadable(long key, string what) => new(key, $"{what} is not known");
}
