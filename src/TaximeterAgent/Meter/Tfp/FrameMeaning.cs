using System.Globalization;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>A frame in plain words, for whoever watches the line. Reads the masked payload only, so that it cannot say more.</summary>
internal static class FrameMeaning
{
    public static string Of(TfpFrameRecord frame)
    {
        var fields = frame.Payload.Split('|');
        var text = frame.Type switch
        {
            "HELLO" => frame.Sent ? "the agent has started, or the line was opened" : $"meter {Value(fields, "meter")} has started: {Value(fields, "model")}, firmware {Value(fields, "fw")}",
            "POS" => Value(fields, "pos") switch
            {
                "FORHIRE" => "for hire",
                "HIRED" => "hired",
                "STOPPED" => "stopped",
                _ => "a position that is not known",
            },
            "FARE" => $"trip {Value(fields, "trip")} is over, {Money(fields, "total")} is due",
            "BOOK" => $"booking {Value(fields, "booking")}",
            "VOID" => Value(fields, "trip") is { Length: > 0 } trip ? $"trip {trip} is settled otherwise" : $"booking {Value(fields, "booking")} will not be",
            "PING" => "heartbeat",
            "PAID" => $"trip {Value(fields, "trip")} is paid: {Money(fields, "amount")}",
            "UNPAID" => $"trip {Value(fields, "trip")} is not paid, {Money(fields, "due")} is left to collect: {Value(fields, "reason")}",
            "REFUNDED" => $"trip {Value(fields, "trip")}: {Money(fields, "amount")} is given back",
            "ACK" => "received",
            "NAK" => $"refused: {Value(fields, "reason")}",
            _ => "a type that is not known",
        };
        return frame.Again ? text + " (again: no answer came)" : text;
    }

    private static string Value(string[] fields, string key)
    {
        foreach (var field in fields)
        {
            if (field.StartsWith(key, StringComparison.Ordinal) && field.Length > key.Length && field[key.Length] == '=')
                return field[(key.Length + 1)..];
        }

        return "";
    }

    private static string Money(string[] fields, string key)
    {
        var amount = Value(fields, key);
        return long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? string.Create(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:00} {Value(fields, "cur")}").TrimEnd()
            : amount;
    }
}
