using System.Text;
using TaximeterAgent.Cli.Describe;

namespace TaximeterAgent.Cli.Completion;

/// <summary>Writes the script for fish.</summary>
internal static class FishScript
{
    public static string Write(CommandNode program)
    {
        var tables = new ScriptTables(program);
        var script = new StringBuilder();
        script.Append($$"""
            # Completion of {{CommandLine.Name}} for fish. Written by `{{CommandLine.Name}} completion fish`; edit the commands instead.
            # All words stand here but the trips, which the running agent is asked for.

            # True if these are the command's words so far, options and arguments passed over.
            function __taximeter_agent_at
                set -l command
                set -l value 0
                for word in (commandline -opc)[2..-1]
                    if test $value = 1
                        set value 0
                    else if contains -- $word {{string.Join(' ', tables.Valued)}}
                        set value 1
                    else if contains -- (string join ' ' -- $command $word) {{string.Join(' ', tables.Commands.Select(command => ScriptTables.Quoted(command.Words)))}}
                        set -a command $word
                    end
                end
                test "$command" = "$argv"
            end

            # The trips of the agent that the command line means.
            function __taximeter_agent_trips
                set -l asked
                set -l option
                for word in (commandline -opc)
                    if test -n "$option"
                        set -a asked $option $word
                        set option
                    else if contains -- $word --config --socket
                        set option $word
                    end
                end
                {{CommandLine.Name}} {{CompleteCommand.Name}} trips $asked 2>/dev/null
            end

            complete -c {{CommandLine.Name}} -f

            """);
        foreach (var command in tables.Everything)
        {
            var at = $"complete -c {CommandLine.Name} -n '__taximeter_agent_at{(command.Words.Length == 0 ? "" : " " + command.Words)}'";
            foreach (var below in command.Commands)
                script.Append($"{at} -a {below.Name} -d {Quoted(ScriptTables.Short(below.Description))}\n");
            foreach (var argument in command.Arguments.Where(argument => argument.Completed.Kind != CompletedKind.Nothing))
                script.Append($"{at}{Value(argument.Completed)}\n");
            foreach (var option in tables.OptionsOf(command))
                script.Append($"{at} {Name(option.Name)}{(option.Value is null ? "" : option.Completed.Kind == CompletedKind.Files ? " -r -F" : $" -x{Value(option.Completed)}")} -d {Quoted(ScriptTables.Short(option.Description))}\n");
        }

        return script.ToString();
    }

    private static string Name(string option) => option.StartsWith("--", StringComparison.Ordinal) ? $"-l {option[2..]}" : $"-o {option[1..]}";

    private static string Value(Completed completed) => completed.Kind switch
    {
        CompletedKind.Words => $" -a {Quoted(string.Join(' ', completed.Words))}",
        CompletedKind.Trips => " -k -a '(__taximeter_agent_trips)'",
        CompletedKind.Files => " -F",
        _ => "",
    };

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
