using System.CommandLine;
using System.Globalization;
using System.Text;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Describe;

/// <summary>Writes the man page, deploy/man/taximeter-agent.1, from the commands. Plain man macros, no characters but ASCII.</summary>
internal sealed class ManPage
{
    private readonly StringBuilder _page = new();

    private ManPage()
    {
    }

    public static string Write(Command root) => new ManPage().WriteAll(CommandNode.Of(root), DocComments.Load());

    private string WriteAll(CommandNode program, DocComments comments)
    {
        _page.Append(".\\\" Written by `taximeter-agent man page`; edit the commands in src/TaximeterAgent/Cli instead.\n");
        _page.Append(".TH TAXIMETER\\-AGENT 1 \"\" \"TaximeterAgent\" \"User Commands\"\n");
        Section("NAME");
        Line($"{CommandLine.Name} - settles taxi fares from a board in the car");
        Section("SYNOPSIS");
        foreach (var command in program.Everything.Where(command => command.Commands.Count == 0))
            Line($"«{CommandLine.Name} {command.Words}»{Arguments(command)}{(command.Options.Count > 0 ? " [‹OPTION› ...]" : "")}").Append(".br\n");
        Section("DESCRIPTION");
        Line(program.Description);
        Paragraph("«run» is the service; most other commands ask it over its control socket and change nothing. A command that changes something asks first, or is given «--yes», "
            + "and is written to the trip's history with the name of whoever called it.");
        Paragraph("At a terminal there are tables; into a pipe go lines with tabs, the header first. Times are UTC, amounts that are given or in JSON are minor units: 10000 for 100.00.");
        Section("OPTIONS");
        Paragraph("Taken by every command:");
        foreach (var option in program.Options.OrderBy(option => option.Value is null))
            Option(option);
        Section("COMMANDS");
        foreach (var command in program.Everything.Where(command => command.Words.Length > 0))
            Command(command);
        Section("EXIT STATUS");
        foreach (var field in typeof(ExitCode).GetFields().OrderBy(field => (int)field.GetRawConstantValue()!))
            Item($"«{((int)field.GetRawConstantValue()!).ToString(CultureInfo.InvariantCulture)}»", comments.OfField(typeof(ExitCode), field.Name) ?? "");
        Section("FILES");
        Item($"‹{ConfigurationLoader.DefaultFile}›", "The configuration, unless --config names another.");
        Item($"‹{Keys.ControlSocket.Default}›", $"The control socket, unless {Keys.ControlSocket.Name} names another.");
        Item($"‹{Keys.OutboxDirectory.Default}›", $"The outbox: trips, payments and their history, unless {Keys.OutboxDirectory.Name} names another place. Not to be edited or copied back by hand.");
        Section("ENVIRONMENT");
        Item($"«{EnvironmentSource.Prefix}»‹SECTION›«__»‹KEY›", "A key of the configuration, before the file: TAXIMETER_Car__Id is Car:Id.");
        Item($"«{CredentialSource.Variable}»", "The folder of systemd's credentials, for the secrets.");
        Item("«NO_COLOR», «TERM=dumb»", "No colours; with a dumb terminal no escape sequences at all.");
        Section("SEE ALSO");
        Line("«systemctl»(1), «journalctl»(1), «curl»(1), «mmcli»(1)");
        Paragraph("docs/technician.md says what to do by symptom; docs/control.md describes the control socket and the commands; docs/configuration.md has all keys.");
        return _page.ToString();
    }

    private void Command(CommandNode command)
    {
        _page.Append(".SS ").Append(Escaped($"«{command.Words}»{Arguments(command)}")).Append('\n');
        Line(command.Description);
        foreach (var argument in command.Arguments)
            Item($"‹{argument.Name}›", argument.Description);
        foreach (var option in command.Options)
            Option(option);
    }

    private void Option(OptionNode option) => Item($"«{option.Name}»{(option.Value is { } value ? $" ‹{value}›" : "")}", option.Description);

    private static string Arguments(CommandNode command) => string.Concat(command.Arguments.Select(argument =>
        (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
        {
            (0, 1) => $" [‹{argument.Name}›]",
            (0, _) => $" [‹{argument.Name}› ...]",
            (_, 1) => $" ‹{argument.Name}›",
            _ => $" ‹{argument.Name}› ...",
        }));

    private void Section(string title) => _page.Append(".SH ").Append(title).Append('\n');

    private void Paragraph(string text)
    {
        _page.Append(".PP\n");
        Line(text);
    }

    private void Item(string term, string text)
    {
        _page.Append(".TP\n");
        Line(term);
        Line(text);
    }

    private StringBuilder Line(string text) => _page.Append(Escaped(text)).Append('\n');

    // «bold», `bold` too, and ‹italic›; a line that begins with a dot or an apostrophe would be a request.
    private static string Escaped(string text)
    {
        var line = new StringBuilder();
        var quoted = false;
        foreach (var letter in text)
        {
            line.Append(letter switch
            {
                '`' => (quoted = !quoted) ? "\\fB" : "\\fR",
                '«' => "\\fB",
                '‹' => "\\fI",
                '»' or '›' => "\\fR",
                '\\' => "\\e",
                '-' => "\\-",
                '.' or '\'' when line.Length == 0 => $"\\&{letter}",
                > '~' => string.Create(CultureInfo.InvariantCulture, $"\\[u{(int)letter:X4}]"),
                _ => $"{letter}",
            });
        }

        return line.ToString();
    }
}
