using TaximeterAgent.Cli.Describe;

namespace TaximeterAgent.Cli.Completion;

/// <summary>What the three scripts have in common: every word of the command line, by where it may stand.</summary>
internal sealed class ScriptTables
{
    private readonly CommandNode _program;

    public ScriptTables(CommandNode program)
    {
        _program = program;
        Commands = [.. program.Everything.Where(command => command.Words.Length > 0)];
        var valued = program.Everything.SelectMany(command => command.Options).Where(option => option.Value is not null).Select(option => option.Name).ToHashSet();
        if (program.Everything.SelectMany(command => command.Options).FirstOrDefault(option => option.Value is null && valued.Contains(option.Name)) is { } both)
            throw new InvalidOperationException($"{both.Name} has a value in one command and none in another: the scripts could not tell which word is next.");
        Valued = [.. valued.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<CommandNode> Commands { get; }

    /// <summary>The program itself and all commands.</summary>
    public IEnumerable<CommandNode> Everything => _program.Everything;

    /// <summary>The options that are followed by a value, in any command.</summary>
    public IReadOnlyList<string> Valued { get; }

    /// <summary>A command's options, and those that every command takes.</summary>
    public IEnumerable<OptionNode> OptionsOf(CommandNode command) =>
        command.Options.Concat(_program.Options.Where(option => option.Name != "--version" && command.Options.All(own => own.Name != option.Name))).Concat(command == _program ? _program.Options.Where(option => option.Name == "--version") : []).DistinctBy(option => option.Name);

    /// <summary>A description that fits beside a word: its first clause.</summary>
    public static string Short(string description)
    {
        var end = description.IndexOfAny(['.', ':', ';']);
        while (end >= 0 && end + 1 < description.Length && description[end + 1] != ' ')
            end = description.IndexOfAny(['.', ':', ';'], end + 1);
        return end < 0 ? description : description[..end];
    }

    /// <summary>In single quotes for a shell of Bourne's family.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
