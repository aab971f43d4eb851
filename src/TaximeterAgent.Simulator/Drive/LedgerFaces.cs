using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>How a payment of the service's ledger is shown.</summary>
internal static class LedgerFaces
{
    public static LedgerFace Of(LedgerPayment payment) => new()
    {
        Label = Label(payment.Reference),
        Reference = payment.Reference,
        Number = Grouped(payment.PhoneNumber ?? ""),
        Amount = payment.Captured > 0 ? payment.Captured : payment.Amount,
        State = StateOf(payment),
        Captured = payment.Captured,
        Refunded = payment.Refunded,
        HasReceipt = payment.ReceiptTotal is not null,
        Open = payment.State == "CREATED" || (payment.State == "AUTHORIZED" && payment.Captured + payment.Cancelled < payment.Authorized),
    };

    public static Push PushOf(LedgerPayment payment) => StateOf(payment) switch
    {
        "CREATED" => Push.Asked,
        "AUTHORIZED" => Push.Approved,
        "CAPTURED" => Push.Paid,
        "REFUNDED" => Push.Refunded,
        "ABORTED" => Push.Refused,
        "EXPIRED" => Push.Expired,
        _ => Push.Released,
    };

    /// <summary>As people say it: <c>912 34 567</c>; another country's as it is.</summary>
    public static string Grouped(string number) =>
        number.Length == 10 && number.StartsWith("47", StringComparison.Ordinal) ? $"{number[2..5]} {number[5..7]} {number[7..]}" : number;

    // {prefix}-{car}-{label}-{check}-{attempt}: the label and the attempt.
    private static string Label(string reference)
    {
        string[] parts = reference.Split('-');
        return parts.Length >= 5 ? $"{parts[^3]}-{parts[^1]}" : reference;
    }

    private static string StateOf(LedgerPayment payment) => payment switch
    {
        { Captured: > 0 } when payment.Refunded >= payment.Captured => "REFUNDED",
        { Captured: > 0 } => "CAPTURED",
        { State: "AUTHORIZED" } when payment.Cancelled >= payment.Authorized => "RELEASED",
        { State: "TERMINATED" } => "RELEASED",
        _ => payment.State,
    };
}
