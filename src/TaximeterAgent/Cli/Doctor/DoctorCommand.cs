using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Cli.Doctor;

/// <summary><c>taximeter-agent doctor</c>: everything checked once, each fault with its cause and what to do, whether or not the agent runs.</summary>
internal static class DoctorCommand
{
    private const int SecondsDefault = 12;

    private const int SecondsMinimum = 1;

    private const int SecondsMaximum = 60;

    public static Command Build(Option<string> file)
    {
        var seconds = new Option<int>("--timeout")
        {
            Description = "How many seconds the meter and each step of the network may take.",
            HelpName = "N",
            DefaultValueFactory = _ => SecondsDefault,
        };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= SecondsMinimum and <= SecondsMaximum))
                result.AddError($"--timeout needs a whole number of seconds, {SecondsMinimum} to {SecondsMaximum}.");
        });
        var command = AgentCommand.Build("doctor", "Checks everything once: what is wrong, why, and what to do. As root it also says who holds a device.", file, async (parsed, client, report, stop) =>
        {
            using var patient = await Admission.OfAsync(parsed.GetRequiredValue(file), client, TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop);
            var found = await Diagnostics.Examination.Doctor.Whole().ExamineAsync(patient, what => report.Error.WriteLineAsync($"{CommandLine.Name}: waiting for {Text.Line(what)} …"), stop);
            await TellAsync(found, report);
            return CodeOf(found);
        });
        command.Add(seconds);
        return command;
    }

    /// <summary>The worst decides.</summary>
    internal static int CodeOf(DoctorReport found) =>
        found.Worst == Kebab.Of(Level.Red) ? ExitCode.Red : found.Healthy ? ExitCode.Ok : ExitCode.Yellow;

    private static async Task TellAsync(DoctorReport found, Report report)
    {
        if (report.Json)
        {
            await report.WriteJsonAsync(JsonSerializer.Serialize(found, CliAnswer.Context.DoctorReport));
            return;
        }

        if (report.Plain)
        {
            foreach (var row in DoctorScreen.Rows(found))
                await report.WriteRowAsync(row);
            return;
        }

        foreach (var line in DoctorScreen.Lines(found, report.Width))
            await report.WriteScreenLineAsync(line);
    }
}
