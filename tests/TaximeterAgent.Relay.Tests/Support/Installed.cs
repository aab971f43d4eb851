namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>What Debian's packages have to be there for <c>deploy/relay/dev.sh</c>.</summary>
internal static class Installed
{
    private static readonly (string Package, string[] Patterns)[] s_needed =
    [
        ("rabbitmq-server", ["/usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server"]),
        ("postgresql", ["/usr/lib/postgresql/*/bin/postgres"]),
        ("openssl", ["/usr/bin/openssl"]),
        ("curl", ["/usr/bin/curl"]),
        ("jq", ["/usr/bin/jq"]),
    ];

    /// <summary>The reason to skip; null where nothing is missing.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        var missing = s_needed.Where(one => !one.Patterns.Any(Exists)).Select(one => one.Package).ToList();
        return missing.Count == 0 ? null : $"needs a real broker and a real database: install {string.Join(", ", missing)}";
    }

    private static bool Exists(string pattern)
    {
        if (pattern.Split("/*/") is not [var before, var after])
            return File.Exists(pattern);
        return Directory.Exists(before) && Directory.GetDirectories(before).Any(folder => File.Exists(Path.Combine(folder, after)));
    }
}

/// <summary>A test with a real broker and a real database; skipped with the reason where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = Installed.Missing;
}

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerTheoryAttribute : TheoryAttribute
{
    public BrokerTheoryAttribute() => Skip = Installed.Missing;
}
