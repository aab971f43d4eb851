using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Doctor;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;
using TaximeterAgent.Diagnostics.Bundle;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Bundle;

/// <summary><c>taximeter-agent support-bundle</c>: one file with what support asks for, without a secret or a whole phone number.</summary>
internal static class SupportBundleCommand
{
    private const string SinceDefault = "7d";

    /// <summary>How long the meter and each step of the network may take: nobody waits for a bundle as for a doctor.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);

    public static Command Build(Option<string> file)
    {
        var output = new Option<string?>("--output") { Description = "The file to write, which must not be there; if not given, one in this directory that has the car and the time in its name.", HelpName = "FILE" };
        var since = new Option<string>("--since")
        {
            Description = $"From when on the log is taken: a date, a time as in RFC 3339, or a while such as 90m, 12h or 7d; {SinceDefault} if not given.",
            HelpName = "TIME",
            DefaultValueFactory = _ => SinceDefault,
        };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--output needs the name of a file.");
        });
        since.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TripsCommand.TrySince(text, DateTimeOffset.UnixEpoch.AddYears(200), out _))
                result.AddError(TripsCommand.SinceExpected);
        });
        var command = AgentCommand.Build(
            "support-bundle", "Writes one file with what support asks for: doctor, status, trips, configuration, log, database. No secret and no whole phone number is in it.", file,
            async (parsed, client, report, stop) =>
            {
                using var patient = await Admission.OfAsync(parsed.GetRequiredValue(file), client, s_limit, stop);
                var now = patient.Time.GetUtcNow();
                var folder = Name(patient.Options, now);
                var path = Path.GetFullPath(parsed.GetValue(output) ?? $"{folder}.tar.gz");
                TripsCommand.TrySince(parsed.GetRequiredValue(since), now, out var from);
                var made = await WriteAsync(path, folder, new SupportBundle(patient, from, what => report.Error.WriteLineAsync($"{CommandLine.Name}: {what} …")), stop);
                await TellAsync(made, report);
                return ExitCode.Ok;
            });
        command.Add(output);
        command.Add(since);
        return command;
    }

    private static string Name(AgentOptions? options, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{CommandLine.Name}-{options?.Car.Id ?? "car"}-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    private static async Task<SupportBundleOutput> WriteAsync(string path, string folder, SupportBundle bundle, CancellationToken stop)
    {
        var whole = false;
        FileStream? file = null;
        try
        {
            Permissions.CreateFile(path);
            file = new FileStream(path, FileMode.Open, FileAccess.Write);
            var (entries, gaps) = await bundle.WriteAsync(file, folder, stop);
            file.Flush(flushToDisk: true);
            whole = true;
            return new SupportBundleOutput(path, file.Length, entries, gaps);
        }
        catch (IOException e) when (file is null && File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.InputOutput, $"{Shown.Plain(path)} is there already, and is not written over: name another file with --output", inner: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandFailedException(ExitCode.NoPermission, $"{Shown.Plain(path)} may not be written: name a file with --output where you may", inner: e);
        }
        catch (IOException e)
        {
            throw new CommandFailedException(ExitCode.InputOutput, $"{Shown.Plain(path)} cannot be written: {Text.Line(e.Message)}", inner: e);
        }
        catch (BundleUnsafeException e)
        {
            throw new CommandFailedException(ExitCode.Software, $"no bundle was written: {Text.Line(e.Message)}, which must not leave the car. Tell support that, and send single outputs", inner: e);
        }
        finally
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
            // Half a bundle is none.
            if (!whole && file is not null)
                File.Delete(path);
        }
    }

    private static async Task TellAsync(SupportBundleOutput made, Report report)
    {
        if (report.Json)
        {
            await report.WriteJsonAsync(JsonSerializer.Serialize(made, CliAnswer.Context.SupportBundleOutput));
            return;
        }

        foreach (var gap in made.LeftOut)
            await report.Error.WriteLineAsync($"{CommandLine.Name}: without {gap.Name}: {Text.Line(gap.Why)}");
        await report.WriteLineAsync($"{made.File}: {made.Entries.Count} files, {TaximeterAgent.Control.Health.Roughly.Bytes(made.Bytes)}");
    }
}
