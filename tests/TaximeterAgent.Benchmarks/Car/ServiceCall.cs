namespace TaximeterAgent.Benchmarks.Car;

/// <summary>Which call a request's line is.</summary>
internal static class ServiceCall
{
    public const string Payments = "/epayment/v1/payments";

    public static bool IsCreate(string line) => line == "POST " + Payments;

    public static bool IsCapture(string line) => line.StartsWith("POST " + Payments, StringComparison.Ordinal) && line.EndsWith("/capture", StringComparison.Ordinal);

    /// <summary>All but those for a token: what is made for a trip.</summary>
    public static bool IsOfTrip(string line) => !line.Contains("/accesstoken", StringComparison.Ordinal);
}
