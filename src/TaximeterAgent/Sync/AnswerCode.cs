using System.Globalization;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Sync;

/// <summary>What an answer of the payment service is called by in histories, figures and logs: <c>201</c>, and where it names an error <c>400/5080</c>.</summary>
internal static class AnswerCode
{
    public static string Of(Problem problem) => problem.ErrorCode is { } error ? $"{problem.Status}/{error}" : $"{problem.Status}";

    /// <summary>Takes one apart.</summary>
    /// <returns>HTTP status and error code; null for what is neither, as where no answer came.</returns>
    public static (int Status, int? Error)? Read(string? code)
    {
        var parts = code?.Split('/') ?? [];
        if (parts.Length is not (1 or 2) || Number(parts[0]) is not { } status)
            return null;
        return parts.Length == 1 ? (status, null) : Number(parts[1]) is { } error ? (status, error) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
