using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>
/// Whether a PIN is the right one, and how often it was not: three wrong ones lock it for a time. The count is stored, so that switching the car off and on is no way
/// around it.
/// </summary>
internal sealed class RefundLock(string pin, Func<string, string?> setting, TripBook book, TimeProvider time)
{
    /// <summary>Wrong PINs in a row that lock it.</summary>
    public const int TriesMaximum = 3;

    /// <summary>How long it is locked.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private const string Wrong = "refund-pin-wrong";
    private const string Until = "refund-pin-locked-until";

    private int? _wrong;
    private DateTimeOffset? _until;

    /// <summary>False if the car has no PIN: then the driver refunds nothing.</summary>
    public bool Exists => pin.Length > 0;

    /// <summary>Until when no PIN is taken, by the car's clock; null for now.</summary>
    public DateTimeOffset? LockedUntil
    {
        get
        {
            Read();
            var now = time.GetUtcNow();
            // A clock that was set back since must not lock it for longer than it was locked for.
            if (_until > now + LockedFor)
                Store(_wrong!.Value, now + LockedFor);
            return _until > now ? _until : null;
        }
    }

    /// <summary>Tries a PIN.</summary>
    /// <returns>True if it is the one. False without a look while it is locked.</returns>
    public bool Try(string digits)
    {
        if (!Exists || LockedUntil is not null)
            return false;
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digits), Encoding.UTF8.GetBytes(pin)))
        {
            if (_wrong > 0)
                Store(0, null);
            return true;
        }

        var wrong = _wrong!.Value + 1;
        if (wrong >= TriesMaximum)
            Store(0, time.GetUtcNow() + LockedFor);
        else
            Store(wrong, null);
        return false;
    }

    private void Read()
    {
        if (_wrong is not null)
            return;
        _wrong = int.TryParse(setting(Wrong), NumberStyles.None, CultureInfo.InvariantCulture, out var wrong) ? wrong : 0;
        _until = DateTimeOffset.TryParse(setting(Until), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) ? until : null;
    }

    private void Store(int wrong, DateTimeOffset? until)
    {
        (_wrong, _until) = (wrong, until);
        book.Batch.Settings[Wrong] = wrong.ToString(CultureInfo.InvariantCulture);
        book.Batch.Settings[Until] = until?.ToString("O", CultureInfo.InvariantCulture) ?? "";
        book.Batch.Sync = true;
    }
}
