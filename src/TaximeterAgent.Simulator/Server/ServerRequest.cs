namespace TaximeterAgent.Simulator.Server;

/// <summary>A request as it came off the wire: nothing decoded, so that signatures, keys and logs see the true bytes.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Target">Path and query, still percent-encoded.</param>
/// <param name="Headers">In the order sent; a name may occur more than once.</param>
/// <param name="Body">The raw body, empty if there was none.</param>
public sealed record ServerRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The target without its query.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>How often a header is there.</summary>
    public int Count(string name)
    {
        var count = 0;
        for (var i = 0; i < Headers.Count; i++)
            if (IsNamed(i, name))
                count++;
        return count;
    }

    /// <summary>The header's value, or null if it is missing; values of a repeated header are joined by a comma, as HTTP has it.</summary>
    public string? Header(string name)
    {
        string? value = null;
        for (var i = 0; i < Headers.Count; i++)
            if (IsNamed(i, name))
                value = value is null ? Headers[i].Value : value + ", " + Headers[i].Value;
        return value;
    }

    // A call asks for some thirty names: most of them differ in their length already.
    private bool IsNamed(int index, string name)
    {
        var key = Headers[index].Key;
        return key.Length == name.Length && key.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
