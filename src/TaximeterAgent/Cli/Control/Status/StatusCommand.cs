using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary><c>taximeter-agent status</c>: how the agent and the car are, what is wrong, and what to do about it.</summary>
internal static class StatusCommand
{
    public static Command Build(Option<string> file)
    {
        var all = new Option<bool>("--all") { Description = "The figures too: traffic, calls, what waits for what." };
        var watch = new Option<bool>("--watch") { Description = "Looks again and again, and shows what has changed, until Ctrl+C." };
        var interval = Interval();
        var command = AgentCommand.Build("status", "Says how the agent and each part of the car are, and what to do.", file, (parsed, client, report, stop) =>
        {
            var name = parsed.GetRequiredValue(file);
            return parsed.GetValue(watch)
                ? WatchAsync(name, client, report, TimeSpan.FromSeconds(parsed.GetValue(interval)), stop)
                : OnceAsync(name, client, report, parsed.GetValue(all), stop);
        });
        command.Add(all);
        command.Add(watch);
        command.Add(interval);
        return command;
    }

    private static Option<int> Interval()
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"{StatusWatch.LeastSeconds} to {StatusWatch.MostSeconds}");
        var option = new Option<int>("--interval")
        {
            Description = $"With --watch: seconds from one look to the next, {range}; {StatusWatch.StandardSeconds.ToString(CultureInfo.InvariantCulture)} if not given.",
            HelpName = "N",
            DefaultValueFactory = _ => StatusWatch.StandardSeconds,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= StatusWatch.LeastSeconds and <= StatusWatch.MostSeconds))
                result.AddError($"--interval needs a number of seconds from {range}.");
        });
        return option;
    }

    private static async Task<int> OnceAsync(string file, AgentClient client, Report report, bool all, CancellationToken stop)
    {
        StatusReport status;
        Picture picture;
        try
        {
            (status, picture) = await AskAsync(client, stop);
        }
        catch (CommandFailedException e) when (e.ExitCode == ExitCode.Unavailable)
        {
            await report.Error.WriteLineAsync($"{CommandLine.Name}: {Text.Line(e.Message)}");
            await report.Error.WriteLineAsync($"{CommandLine.Name}: looking without it …");
            await TellAsync(await OfflineStatus.LookAsync(e.Message, client.Socket, file, Copied(client, report.Error), TimeProvider.System, stop), report);
            return ExitCode.Unavailable;
        }

        await TellAsync(picture, report);
        if (all && !report.Json)
            await report.WriteFactsAsync(StatusFigures.Of(status));
        return CarHealth.IsRed(picture.Parts) ? ExitCode.Red : ExitCode.Ok;
    }

    private static async Task<int> WatchAsync(string file, AgentClient client, Report report, TimeSpan interval, CancellationToken stop)
    {
        // Whatever is awaited is said on the screen itself.
        using var quiet = client.Quiet();
        var paced = new CopyPace(Copied(client, TextWriter.Null), TimeProvider.System);
        await new StatusWatch(LookAsync, report.WatchOutput(TimeProvider.System), interval, TimeProvider.System).RunAsync(stop);
        return ExitCode.Ok;

        async Task<Picture> LookAsync(CancellationToken stopped)
        {
            try
            {
                return (await AskAsync(quiet, stopped)).Picture;
            }
            catch (CommandFailedException e) when (e.ExitCode is ExitCode.Unavailable or ExitCode.TryAgain)
            {
                return await OfflineStatus.LookAsync(e.Message, quiet.Socket, file, paced.Look, TimeProvider.System, stopped);
            }
        }
    }

    private static Func<string, CancellationToken, CopiedParts> Copied(AgentClient client, TextWriter error) =>
        (directory, stop) => CopiedParts.Look(client.WithoutAgent is null ? null : directory, error, TimeProvider.System, stop);

    private static async Task<(StatusReport Status, Picture Picture)> AskAsync(AgentClient client, CancellationToken stop)
    {
        var (status, json) = await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
        return (status, new Picture(Head(status), CarHealth.Of(status, Banner.Version), json));
    }

    private static Task TellAsync(Picture picture, Report report) => report.Json ? report.WriteJsonAsync(picture.Json) : report.WritePartsAsync(picture.Head, picture.Parts);

    /// <summary>Which car, and the time by its clock, to the minute: a watched screen stays as it is for as long.</summary>
    private static string Head(StatusReport status) => $"{CommandLine.Name}, car {status.Car}, {Text.Minute(status.Clock.Now)}";
}
