using System.CommandLine;
using TaximeterAgent.Cli;

namespace TaximeterAgent.Tests.Cli;

/// <summary>Every command there is, from the command tree, so that a new one cannot be forgotten; and arguments with which each does something.</summary>
internal static class CommandSamples
{
    public static IReadOnlyList<(string Path, Command Command)> All => [.. Leaves(CommandLine.Build(Invocation.MustNotRun), "")];

    /// <param name="path">The command's words.</param>
    /// <param name="leaf">The command.</param>
    /// <param name="json">With <c>--json</c>.</param>
    /// <param name="configuration">The configuration's file.</param>
    /// <param name="file">A file for whoever wants one to read.</param>
    /// <param name="trip">A trip's number.</param>
    public static string[] Arguments(string path, Command leaf, bool json, string configuration, string file, string trip = "1")
    {
        var arguments = new List<string>(path.Split(' '));
        foreach (var argument in leaf.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0))
            arguments.Add(argument.Name == "trip" ? trip : Sample(argument.Name, file));
        foreach (var option in leaf.Options.Where(option => option.Required))
            arguments.AddRange([option.Name, Sample(option.Name, file)]);
        if (leaf.Options.Any(option => option.Name == "--yes"))
            arguments.Add("--yes");
        if (leaf.Options.Any(option => option.Name == "--seconds"))
            arguments.AddRange(["--seconds", "1"]);
        if (json)
            arguments.Add("--json");
        return [.. arguments, "--config", configuration];
    }

    private static string Sample(string name, string file) => name.TrimStart('-') switch
    {
        "as" => "paid-otherwise",
        "phone" => "91234567",
        "amount" => "200",
        "key" => "Car:Id",
        "capture" or "file" => file,
        _ => "1",
    };

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.SelectMany(sub => Leaves(sub, path.Length == 0 ? sub.Name : $"{path} {sub.Name}"));
}
