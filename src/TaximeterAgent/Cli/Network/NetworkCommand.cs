using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Diagnostics.Network;

namespace TaximeterAgent.Cli.Network;

/// <summary><c>taximeter-agent network test</c>: the way to the payment service, step by step, whether or not the agent runs.</summary>
internal static class NetworkCommand
{
    private const int SecondsDefault = 10;

    private const int SecondsMaximum = 60;

    private static readonly string[] s_refusals = ["token", "epayment"];

    public static Command Build(Option<string> file) => new("network", "Looks at the way to the payment service.") { Test(file) };

    private static Command Test(Option<string> file)
    {
        var seconds = new Option<int>("--timeout") { Description = "How many seconds each step may take.", HelpName = "N", DefaultValueFactory = _ => SecondsDefault };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SecondsMaximum))
                result.AddError($"--timeout needs a whole number of seconds, 1 to {SecondsMaximum}.");
        });
        var command = LocalCommand.Build("test", "Tests modem, link, address, route, name, connection, TLS, clock, keys and service, and says which is broken.", async (parsed, report, stop) =>
        {
            var options = LocalCommand.OptionsOf(parsed.GetRequiredValue(file), needsKeys: false);
            using var route = new NetworkRoute(options, TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeProvider.System);
            var found = await NetworkTest.Whole().RunAsync(route, step => report.Json ? Task.CompletedTask : TellAsync(report, step), what => WaitAsync(report, what), stop);
            if (report.Json)
                await report.WriteJsonAsync(JsonSerializer.Serialize(found, CliAnswer.Context.NetworkTestReport));
            else
                await report.WriteLineAsync(found.Passed ? $"{found.Service} is reached and takes the keys" : $"broken: {found.Broken}");
            return CodeOf(found);
        });
        command.Add(seconds);
        return command;
    }

    /// <summary>0 if all is well; else whether the service was reached.</summary>
    internal static int CodeOf(NetworkTestReport found) =>
        found.Passed ? ExitCode.Ok : s_refusals.Contains(found.Broken) ? ExitCode.NotPossible : ExitCode.Unavailable;

    // Each as soon as it is known: whoever waits sees how far it has come.
    private static async Task TellAsync(Report report, NetworkStepReport step)
    {
        if (report.Plain)
        {
            await report.WriteRowAsync(step.Step, step.State, Time(step), step.Text);
            if (step.State != "broken")
                return;
            await report.WriteRowAsync(step.Step, "cause", "", step.Cause ?? "");
            await report.WriteRowAsync(step.Step, "cure", "", step.Cure ?? "");
            return;
        }

        await report.WriteLineAsync($"{step.Step,-9}{step.State,-8}{Time(step),9}  {step.Text}");
        if (step.State != "broken")
            return;
        await report.WriteLineAsync($"{"",9}cause  {step.Cause}");
        await report.WriteLineAsync($"{"",9}cure   {step.Cure}");
    }

    private static string Time(NetworkStepReport step) =>
        step.State == "skipped" ? "" : string.Create(CultureInfo.InvariantCulture, $"{step.Milliseconds} ms");

    private static Task WaitAsync(Report report, string what) => report.Error.WriteLineAsync($"{CommandLine.Name}: waiting for {Text.Line(what)} …");
}
