using System.Text;
using TaximeterAgent.Cli.Describe;

namespace TaximeterAgent.Cli.Completion;

/// <summary>Writes the script for bash 4.4 and later; it needs nothing of the package bash-completion.</summary>
internal static class BashScript
{
    public static string Write(CommandNode program)
    {
        var tables = new ScriptTables(program);
        var script = new StringBuilder();
        script.Append($$"""
            # shellcheck shell=bash
            # Completion of {{CommandLine.Name}} for bash. Written by `{{CommandLine.Name}} completion bash`; edit the commands instead.
            # All words stand here but the trips, which the running agent is asked for.

            _taximeter_agent() {
              local line=${COMP_LINE:0:COMP_POINT} current option='' command='' word kind='' words='' count=0 index
              local -a typed asked=()
              # Not COMP_WORDS: bash breaks those at every colon, and keys of the configuration have some.
              read -ra typed <<<"$line"
              [[ $line == *[[:space:]] ]] && typed+=('')
              current=${typed[-1]}
              for ((index = 1; index < ${#typed[@]} - 1; index++)); do
                word=${typed[index]}
                if [[ $option ]]; then
                  [[ $option == --config || $option == --socket ]] && asked+=("$option" "$word")
                  option=''
                  continue
                fi
                case $word in
                  {{string.Join(" | ", tables.Valued)}}) option=$word ;;
                  -*) ;;
                  *)
                    case "$command $word" in
                      {{string.Join(" | ", tables.Commands.Select(command => $"' {command.Words}'"))}}) command+=" $word" ;;
                      *) ((count++)) ;;
                    esac
                    ;;
                esac
              done
              if [[ ! $option && $current == --*=* ]]; then
                option=${current%%=*}
                current=${current#*=}
              fi
              if [[ $option ]]; then
                case "$command $option" in

            """);
        foreach (var command in tables.Commands)
        {
            foreach (var option in command.Options.Where(option => option.Value is not null))
                Case(script, $"' {command.Words} {option.Name}'", option.Completed);
        }

        foreach (var option in program.Options.Where(option => option.Value is not null))
            Case(script, $"*' {option.Name}'", option.Completed);
        script.Append("""
                esac
              elif [[ $current == -* ]]; then
                case $command in

            """);
        foreach (var command in tables.Everything)
            Words(script, Place(command), tables.OptionsOf(command).Select(option => option.Name));
        script.Append("""
                esac
              else
                case "$command:$count" in

            """);
        foreach (var command in tables.Everything)
        {
            if (command.Commands.Count > 0)
                Words(script, Place(command, ":0"), command.Commands.Select(below => below.Name));
            for (var number = 0; number < command.Arguments.Count; number++)
                Case(script, Place(command, command.Arguments[number].Arity.MaximumNumberOfValues > 1 ? ":*" : $":{number}"), command.Arguments[number].Completed);
        }

        script.Append($$"""
                esac
              fi
              COMPREPLY=()
              case $kind in
                files)
                  compopt -o filenames 2>/dev/null
                  mapfile -t COMPREPLY < <(compgen -f -- "$current")
                  ;;
                trips)
                  while IFS= read -r word; do
                    # What a meter calls a trip is not for the shell to read.
                    [[ $word == "$current"* ]] && COMPREPLY+=("$(printf %q "$word")")
                  done < <({{CommandLine.Name}} {{CompleteCommand.Name}} trips "${asked[@]}" 2>/dev/null)
                  ;;
                *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current") ;;
              esac
              # bash replaces only what stands behind the last colon.
              if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then
                word=${current%"${current##*:}"}
                COMPREPLY=("${COMPREPLY[@]#"$word"}")
              fi
            }
            complete -F _taximeter_agent {{CommandLine.Name}}

            """);
        return script.ToString();
    }

    private static string Place(CommandNode command, string then = "") =>
        (command.Words.Length == 0, then) switch
        {
            (true, "") => "''",
            (_, ":*") => $"{ScriptTables.Quoted(Spaced(command) + ":")}*",
            _ => ScriptTables.Quoted(Spaced(command) + then),
        };

    private static string Spaced(CommandNode command) => command.Words.Length == 0 ? "" : " " + command.Words;

    private static void Case(StringBuilder script, string place, Completed completed)
    {
        if (completed.Kind == CompletedKind.Words)
            Words(script, place, completed.Words);
        else if (completed.Kind != CompletedKind.Nothing)
            script.Append($"      {place}) kind={(completed.Kind == CompletedKind.Files ? "files" : "trips")} ;;\n");
    }

    private static void Words(StringBuilder script, string place, IEnumerable<string> words) => script.Append($"      {place}) words={ScriptTables.Quoted(string.Join(' ', words))} ;;\n");
}
