using System.CommandLine;
using System.CommandLine.Completions;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Describe;

/// <summary>The commands as the man page and the completion scripts need them: without those that help does not list, in the order of help.</summary>
/// <param name="Words">What is typed, without the program's own name: empty for the program, <c>meter watch</c>.</param>
/// <param name="Description">One sentence or more.</param>
/// <param name="Options">Its own; those of the program are taken by every command.</param>
internal sealed record CommandNode(string Words, string Description, IReadOnlyList<CommandNode> Commands, IReadOnlyList<OptionNode> Options, IReadOnlyList<ArgumentNode> Arguments)
{
    /// <summary>Its last word.</summary>
    public string Name => Words.Split(' ')[^1];

    /// <summary>It and all below it, parents first.</summary>
    public IEnumerable<CommandNode> Everything => Commands.SelectMany(command => command.Everything).Prepend(this);

    public static CommandNode Of(Command command, string words = "") => new(
        words,
        command.Description ?? "",
        [.. command.Subcommands.Where(below => !below.Hidden).Select(below => Of(below, words.Length == 0 ? below.Name : $"{words} {below.Name}"))],
        [.. command.Options.Where(option => !option.Hidden).Select(OptionNode.Of)],
        [.. command.Arguments.Where(argument => !argument.Hidden).Select(argument => new ArgumentNode(argument.Name, argument.Description ?? "", argument.Arity, Completed.Of(argument.HelpName ?? argument.Name, argument.GetCompletions(CompletionContext.Empty))))]);
}

/// <summary>An option.</summary>
/// <param name="Name">With its hyphens.</param>
/// <param name="Value">How help calls its value; null for one that has none.</param>
/// <param name="Completed">What its value can be.</param>
internal sealed record OptionNode(string Name, string Description, string? Value, Completed Completed)
{
    public static OptionNode Of(Option option)
    {
        var takes = option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(void);
        return takes
            ? new OptionNode(option.Name, option.Description ?? "", option.HelpName ?? "VALUE", Completed.Of(option.HelpName ?? option.Name, option.GetCompletions(CompletionContext.Empty)))
            : new OptionNode(option.Name, option.Description ?? "", null, Completed.Nothing);
    }
}

/// <summary>An argument.</summary>
internal sealed record ArgumentNode(string Name, string Description, ArgumentArity Arity, Completed Completed);

/// <summary>What a value can be, so that TAB offers it.</summary>
/// <param name="Kind">Where the words come from.</param>
/// <param name="Words">All of them, for <see cref="CompletedKind.Words"/>.</param>
internal sealed record Completed(CompletedKind Kind, IReadOnlyList<string> Words)
{
    public static Completed Nothing { get; } = new(CompletedKind.Nothing, []);

    /// <summary>From what help calls the value: that is the same word for the same thing in all commands.</summary>
    public static Completed Of(string name, IEnumerable<CompletionItem> known)
    {
        string[] words = [.. known.Select(item => item.InsertText ?? item.Label)];
        return name switch
        {
            _ when words.Length > 0 => new Completed(CompletedKind.Words, words),
            "trip" or "TRIP" => new Completed(CompletedKind.Trips, []),
            "key" or "KEY" => new Completed(CompletedKind.Words, [.. Keys.All.Select(key => key.Name)]),
            "FILE" or "file" or "PATH" or "path" or "DEVICE" or "FOLDER" or "DIRECTORY" or "DIR" or "capture" or "CAPTURE" => new Completed(CompletedKind.Files, []),
            _ => Nothing,
        };
    }
}

/// <summary>Where the words of a value come from.</summary>
internal enum CompletedKind
{
    /// <summary>From the person alone.</summary>
    Nothing,

    /// <summary>They are known.</summary>
    Words,

    /// <summary>The file system.</summary>
    Files,

    /// <summary>The running agent.</summary>
    Trips,
}
