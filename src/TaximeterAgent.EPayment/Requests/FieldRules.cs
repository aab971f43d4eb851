using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.EPayment;

/// <summary>The documented limits, each in one place.</summary>
internal static class FieldRules
{
    internal const long MostAmount = 65_000_000;
    internal const string ReferenceExpected = "8-50 characters of a-z, A-Z, 0-9 and -";

    /// <summary>Least amount of a payment in minor units; null if the currency is not offered.</summary>
    internal static long? LeastAmount(string? currency) => currency switch
    {
        "NOK" => 100,
        "DKK" => 1,
        "EUR" => 1,
        _ => null,
    };

    internal static bool IsReference([NotNullWhen(true)] string? reference)
    {
        if (reference is not { Length: >= 8 and <= 50 }) return false;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        }

        return true;
    }

    internal static string Text(string? value, int least, int most, string field)
    {
        if (value is null || value.Length < least || value.Length > most || !IsPlain(value))
            throw new RequestFieldException(field, $"{least}-{most} characters, no control characters");
        return value;
    }

    internal static string PhoneNumber(string? value, string field)
    {
        if (value is not { Length: >= 10 and <= 15 } || value.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new RequestFieldException(field, "10-15 digits, the country's code first, no sign");
        return value;
    }

    internal static AmountWire Amount(Amount amount, long least, string field)
    {
        if (LeastAmount(amount.Currency) is null) throw new RequestFieldException(field + ".currency", "NOK, DKK or EUR");
        if (amount.Value < least || amount.Value > MostAmount) throw new RequestFieldException(field + ".value", $"{least} to {MostAmount} minor units");
        return new AmountWire { Currency = amount.Currency, Value = amount.Value };
    }

    internal static void That(bool holds, string field, string expected)
    {
        if (!holds) throw new RequestFieldException(field, expected);
    }

    /// <summary>Lone surrogates would be replaced in silence when written; control characters have no place in what a customer reads.</summary>
    private static bool IsPlain(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i])) return false;
            if (!char.IsSurrogate(value[i])) continue;
            if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1])) return false;
            i++;
        }

        return true;
    }
}
