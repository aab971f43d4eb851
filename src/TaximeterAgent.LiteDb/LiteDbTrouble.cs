using LiteDB;

namespace TaximeterAgent.LiteDb;

/// <summary>What LiteDB throws where its files are not as they should be, or the disk fails: it has no exception of its own for each.</summary>
internal static class LiteDbTrouble
{
    public static bool Is(Exception e) => e is LiteException or IOException or InvalidDataException or InvalidCastException or NullReferenceException or IndexOutOfRangeException
        or KeyNotFoundException or NotSupportedException or OverflowException or FormatException || (e is ArgumentException and not ArgumentOutOfRangeException { ParamName: "limit" });
}
