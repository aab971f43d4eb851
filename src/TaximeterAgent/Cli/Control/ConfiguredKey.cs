using System.CommandLine;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Control;

/// <summary>
/// One key of the configuration. Whoever asks how the agent is need not be able to read its keys, and a configuration that somebody is mending must not hide the
/// agent that still runs with the old one: only the one key has to be right.
/// </summary>
internal static class ConfiguredKey
{
    /// <summary>Its value.</summary>
    /// <exception cref="CommandFailedException">The key is wrong, or the file that was named.</exception>
    public static T Of<T>(ParseResult parsed, Option<string> file, ConfigurationKey<T> key) =>
        key.Parser(Of(parsed, file, (ConfigurationKey)key), out var value) ? value : throw new CommandFailedException(ExitCode.Configuration, $"{key.Name}: {key.Expected}");

    /// <summary>Its value as it is written.</summary>
    /// <exception cref="CommandFailedException">The key is wrong, or the file that was named.</exception>
    private static string Of(ParseResult parsed, Option<string> file, ConfigurationKey key)
    {
        var name = parsed.GetRequiredValue(file);
        var report = ConfigurationLoader.Load(name);
        if (report.Faults.FirstOrDefault(fault => fault.Where == key.Name || (IsNamed(parsed, file) && fault.Where == name)) is { } fault)
            throw new CommandFailedException(ExitCode.Configuration, fault.ToString());
        return report.TextOf(key);
    }

    /// <summary>True if <c>--config</c> was given.</summary>
    public static bool IsNamed(ParseResult parsed, Option<string> file) => parsed.GetResult(file) is { Implicit: false };
}
