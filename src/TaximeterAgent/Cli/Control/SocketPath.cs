using System.CommandLine;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Control;

/// <summary>Which socket a command talks to: <c>--socket</c>, else the configuration's.</summary>
internal static class SocketPath
{
    private const int LongestPath = TaximeterAgent.Control.Server.SocketFile.LongestPath;

    public static Option<string?> Option()
    {
        var option = new Option<string?>("--socket") { Description = "The agent's control socket; without it the one in the configuration.", HelpName = "PATH" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && (path.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(path) > LongestPath))
                result.AddError($"--socket needs a path of at most {LongestPath} bytes.");
        });
        return option;
    }

    /// <summary>
    /// The path. Whoever asks how the agent is need not be able to read its keys, and a configuration that somebody is mending must not hide the agent that
    /// still runs with the old one: only the socket's own key has to be right.
    /// </summary>
    public static string Of(ParseResult parsed, Option<string?> socket, Option<string> file)
    {
        if (parsed.GetValue(socket) is { } path)
            return path;
        var name = parsed.GetRequiredValue(file);
        var report = ConfigurationLoader.Load(name);
        var named = parsed.GetResult(file) is { Implicit: false };
        if (report.Faults.FirstOrDefault(fault => fault.Where == Keys.ControlSocket.Name || (named && fault.Where == name)) is { } fault)
            throw new CommandFailedException(ExitCode.Configuration, fault.ToString());
        return report.Entries.First(entry => entry.Key == Keys.ControlSocket).Text ?? Keys.ControlSocket.Default!;
    }
}
