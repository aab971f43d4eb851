using System.Text;
using TaximeterAgent.Cli.Describe;

namespace TaximeterAgent.Cli.Completion;

/// <summary>Writes the script for zsh, as a file <c>_taximeter-agent</c> in <c>$fpath</c> or for <c>eval</c>.</summary>
internal static class ZshScript
{
    public static string Write(CommandNode program)
    {
        var tables = new ScriptTables(program);
        var script = new StringBuilder();
        script.Append($$"""
            #compdef {{CommandLine.Name}}
            # Completion of {{CommandLine.Name}} for zsh. Written by `{{CommandLine.Name}} completion zsh`; edit the commands instead.
            # All words stand here but the trips, which the running agent is asked for.

            _taximeter_agent() {
              local current=$words[CURRENT] option='' command='' word kind='' index
              local -i count=0
              local -a known asked
              for ((index = 2; index < CURRENT; index++)); do
                word=$words[index]
                if [[ -n $option ]]; then
                  [[ $option == --config || $option == --socket ]] && asked+=($option ${(Q)word})
                  option=''
                  continue
                fi
                case $word in
                  ({{string.Join("|", tables.Valued)}}) option=$word ;;
                  (-*) ;;
                  (*)
                    case "$command $word" in
                      ({{string.Join("|", tables.Commands.Select(command => $"' {command.Words}'"))}}) command+=" $word" ;;
                      (*) count+=1 ;;
                    esac
                    ;;
                esac
              done
              if [[ -z $option && $current == --*=* ]]; then
                option=${current%%=*}
                compset -P '*='
              fi
              if [[ -n $option ]]; then
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
                kind=options
                case $command in

            """);
        foreach (var command in tables.Everything)
            Known(script, ScriptTables.Quoted(Spaced(command)), tables.OptionsOf(command).Select(option => (option.Name, option.Description)));
        script.Append("""
                esac
              else
                case "$command:$count" in

            """);
        foreach (var command in tables.Everything)
        {
            if (command.Commands.Count > 0)
                Known(script, ScriptTables.Quoted(Spaced(command) + ":0"), command.Commands.Select(below => (below.Name, below.Description)));
            for (var number = 0; number < command.Arguments.Count; number++)
            {
                var many = command.Arguments[number].Arity.MaximumNumberOfValues > 1;
                Case(script, many ? ScriptTables.Quoted(Spaced(command) + ":") + "*" : ScriptTables.Quoted($"{Spaced(command)}:{number}"), command.Arguments[number].Completed);
            }
        }

        script.Append($$"""
                esac
              fi
              case $kind in
                (files) _files ;;
                (trips) compadd -- ${(f)"$({{CommandLine.Name}} {{CompleteCommand.Name}} trips $asked 2>/dev/null)"} ;;
                (words) compadd -- $known ;;
                (options) _describe -o option known ;;
                (*) (($#known)) && _describe command known ;;
              esac
            }

            # Called by the completion system when it stands in $fpath; declared here when it is read by eval.
            if [[ $funcstack[1] == _{{CommandLine.Name}} ]]; then
              _taximeter_agent "$@"
            else
              compdef _taximeter_agent {{CommandLine.Name}}
            fi

            """);
        return script.ToString();
    }

    private static string Spaced(CommandNode command) => command.Words.Length == 0 ? "" : " " + command.Words;

    private static void Case(StringBuilder script, string place, Completed completed)
    {
        if (completed.Kind == CompletedKind.Words)
            script.Append($"      ({place}) kind=words known=({string.Join(' ', completed.Words)}) ;;\n");
        else if (completed.Kind != CompletedKind.Nothing)
            script.Append($"      ({place}) kind={(completed.Kind == CompletedKind.Files ? "files" : "trips")} ;;\n");
    }

    private static void Known(StringBuilder script, string place, IEnumerable<(string Name, string Description)> words)
    {
        script.Append($"      ({place})\n        known=(\n");
        foreach (var (name, description) in words)
            script.Append($"          {ScriptTables.Quoted($"{name}:{ScriptTables.Short(description)}")}\n");
        script.Append("        )\n        ;;\n");
    }
}
