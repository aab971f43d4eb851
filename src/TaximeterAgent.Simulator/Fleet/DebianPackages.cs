namespace TaximeterAgent.Simulator.Fleet;

/// <summary>What of Debian's packages has to be there for <c>deploy/relay/dev.sh</c>.</summary>
public static class DebianPackages
{
    private static readonly (string Package, string[] Patterns)[] Needed =
    [
        ("rabbitmq-server", ["/usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server"]),
        ("postgresql", ["/usr/lib/postgresql/*/bin/postgres"]),
        ("openssl", ["/usr/bin/openssl"]),
        ("curl", ["/usr/bin/curl"]),
        ("jq", ["/usr/bin/jq"]),
    ];

    /// <summary>The reason to skip; null where nothing is missing.</summary>
    public static string? Missing { get; } = Find("/");

    /// <param name="root">Where the system's files are.</param>
    internal static string? Find(string root)
    {
        string[] missing = [.. Needed.Where(one => !one.Patterns.Any(pattern => Exists(root, pattern))).Select(one => one.Package)];
        return missing.Length == 0 ? null : $"needs a real broker and a real database: install {string.Join(", ", missing)}";
    }

    private static bool Exists(string root, string pattern)
    {
        if (pattern.Split("/*/") is not [var before, var after])
            return File.Exists(Path.Join(root, pattern));
        string folder = Path.Join(root, before);
        return Directory.Exists(folder) && Directory.GetDirectories(folder).Any(version => File.Exists(Path.Combine(version, after)));
    }
}
