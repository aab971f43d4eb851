using System.Globalization;

namespace TaximeterAgent.Simulator.Server;

internal static class Timestamps
{
    /// <summary>RFC 3339 in UTC, to the millisecond.</summary>
    public static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
