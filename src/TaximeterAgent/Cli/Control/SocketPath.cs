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

    /// <summary>The path: as it was given, else as it is configured.</summary>
    public static string Of(ParseResult parsed, Option<string?> socket, Option<string> file) => parsed.GetValue(socket) ?? ConfiguredKey.Of(parsed, file, Keys.ControlSocket);
}
