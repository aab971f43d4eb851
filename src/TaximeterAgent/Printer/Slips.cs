using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Printer;

/// <summary>A link to pay by, as a QR code with a few words.</summary>
/// <param name="Link">The link, printable ASCII: what the code holds.</param>
/// <param name="Amount">What it asks for.</param>
/// <param name="Language">The language of the words.</param>
internal sealed record QrSlip(string Link, Money Amount, Language Language)
{
    /// <summary>The longest link that is printed: what a code holds whose modules have three dots on the narrowest paper. A link with a signed token in it takes several hundred.</summary>
    public const int LongestLink = 997;

    /// <summary>The meter's number of the trip; empty for none.</summary>
    public string Trip { get; init; } = "";

    /// <summary>After that it cannot be paid: it is not printed any more, and says so on paper. By the car's clock; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A trip's receipt, with the lines that the payment service was sent.</summary>
/// <param name="Paid">What was paid: the sum of the lines.</param>
/// <param name="Lines">What it was paid for.</param>
/// <param name="Language">The language of the words.</param>
internal sealed record PaperReceipt(Money Paid, IReadOnlyList<ReceiptLine> Lines, Language Language)
{
    /// <summary>The meter's number of the trip; empty for none.</summary>
    public string Trip { get; init; } = "";

    /// <summary>When the trip was over; null if the meter's time cannot be read.</summary>
    public DateTimeOffset? Finish { get; init; }

    /// <summary>Metres; 0 for unknown.</summary>
    public long Distance { get; init; }

    /// <summary>The payments, as the payment service knows them.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The sales unit that was paid.</summary>
    public string SalesUnit { get; init; } = "";

    /// <summary>Printed before, as far as is known: the paper says that it is a copy.</summary>
    public bool Copy { get; init; }
}
