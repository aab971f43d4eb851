using System.CommandLine;

namespace TaximeterAgent.Cli.Describe;

/// <summary>Commands that are not for people at a board.</summary>
internal static class Hidden
{
    /// <summary>Help, man page and completion do not list it; it works all the same.</summary>
    public static Command Hide(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
