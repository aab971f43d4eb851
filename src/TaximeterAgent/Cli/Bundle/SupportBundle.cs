using System.Text.Json;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Cli.Configure;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Diagnostics.Bundle;
using TaximeterAgent.Diagnostics.Examination;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Bundle;

/// <summary>Collects what support asks for. What cannot be had is said, and is no reason to give up the rest.</summary>
/// <param name="patient">The car.</param>
/// <param name="since">From when on the log is taken.</param>
/// <param name="tell">Told what is waited for.</param>
internal sealed class SupportBundle(Patient patient, DateTimeOffset since, Func<string, Task> tell)
{
    private readonly List<BundleGapOutput> _gaps = [];

    /// <summary>Writes it.</summary>
    /// <param name="to">Where to; not closed.</param>
    /// <param name="folder">The folder that everything in it is in.</param>
    /// <param name="stop">Ctrl+C.</param>
    /// <exception cref="BundleUnsafeException">Something was left in it that must not leave the car.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<(IReadOnlyList<BundleEntryOutput> Entries, IReadOnlyList<BundleGapOutput> Gaps)> WriteAsync(Stream to, string folder, CancellationToken stop)
    {
        await tell("the doctor, who looks at everything once");
        var found = await Diagnostics.Examination.Doctor.Whole().ExamineAsync(patient, _ => Task.CompletedTask, stop);
        var outbox = patient.Copied(stop);
        if (outbox is null)
            Gap(DatabaseName, patient.WithoutCopy is { Trouble: OutboxTrouble.Forbidden } forbidden ? $"{forbidden.Message}; run this as root" : patient.WithoutCopy!.Message);
        var scrubber = new Scrubber(patient.Configuration.Secrets, outbox is null ? [] : ScrubbedDatabase.Numbers(Path.Combine(outbox.Place, DatabaseName)), patient.Options?.Car.Country ?? Country.NO);

        using var bundle = new BundleWriter(to, folder, scrubber, patient.Time.GetUtcNow());
        bundle.AddText("README.txt", About);
        bundle.AddText("versions.txt", BundleSources.Versions(patient.Time));
        bundle.AddText("devices.txt", BundleSources.Devices());
        bundle.AddText("doctor.json", JsonSerializer.Serialize(found, CliAnswer.Context.DoctorReport));
        bundle.AddText("configuration.json", Configuration());
        if (patient.Status is { } status)
            bundle.AddText("status.json", JsonSerializer.Serialize(status, AnswerJson.Context.StatusReport));
        else
            Gap("status.json", "no agent answers");
        await tell("the trips and their history");
        await AddTripsAsync(bundle, outbox, stop);
        if (outbox is not null)
            AddDatabase(bundle, outbox.Place, scrubber);
        await tell("the journal");
        await AddLogAsync(bundle, "log.jsonl", BundleSources.LogAsync(since, stop));
        await AddLogAsync(bundle, "kernel.txt", BundleSources.KernelAsync(stop));
        // Why something cannot be read may quote what cannot be.
        return ([.. bundle.Entries.Select(entry => new BundleEntryOutput(entry.Name, entry.Bytes))], [.. _gaps.Select(gap => gap with { Why = scrubber.Text(gap.Why) })]);
    }

    private const string DatabaseName = "outbox.db";

    /// <summary>Stories that are in it as text; all are in the database.</summary>
    private const int Stories = 100;

    private const string About = """
        What a car's payment agent has to tell its support; made by: taximeter-agent support-bundle

        versions.txt        what runs, on what
        doctor.json         what is wrong, why, and what to do
        status.json         how each part is, by the running agent
        configuration.json  every key, and where it came from; a secret only as set or missing
        trips.json          the newest trips
        trips/              the stories of the newest
        outbox.json         what is still to be sent
        outbox.db           the whole database (SQLite)
        log.jsonl           the service's log
        kernel.txt          what the kernel said last
        devices.txt         lines, keypads and buses that there are

        Secrets are replaced by (secret). Of a phone number the last two digits are left, of a customer's address nothing.
        A number of a trip that could be a phone number is masked too.

        """;

    private string Configuration()
    {
        var read = patient.Configuration;
        var output = new ConfigShowOutput(read.File, read.Ok, [.. read.Entries.Select(ConfigReading.Of)], [.. read.Problems.Select(ConfigReading.Of)]);
        return JsonSerializer.Serialize(output, CliAnswer.Context.ConfigShowOutput);
    }

    private async Task AddTripsAsync(BundleWriter bundle, CopiedOutbox? outbox, CancellationToken stop)
    {
        if (outbox is null)
        {
            Gap("trips.json", "the database cannot be read");
            return;
        }

        if (!(await outbox.TripsAsync(new TripQuery(Limit: TripQuery.LimitMaximum), stop)).Succeeded(out var problem, out var list))
        {
            Gap("trips.json", problem.Message);
            return;
        }

        bundle.AddText("trips.json", JsonSerializer.Serialize(list, AnswerJson.Context.TripListReport));
        foreach (var (at, trip) in list.Trips.Take(Stories).Index())
        {
            if ((await outbox.TripAsync(trip.Id, stop)).Succeeded(out _, out var story))
                bundle.AddText($"trips/{at + 1:000}.json", JsonSerializer.Serialize(story, AnswerJson.Context.TripDetailReport));
        }

        if ((await outbox.OutboxAsync(stop)).Succeeded(out problem, out var waiting))
            bundle.AddText("outbox.json", JsonSerializer.Serialize(waiting, AnswerJson.Context.OutboxListReport));
        else
            Gap("outbox.json", problem.Message);
    }

    private void AddDatabase(BundleWriter bundle, string place, Scrubber scrubber)
    {
        try
        {
            bundle.AddFile(DatabaseName, ScrubbedDatabase.Make(Path.Combine(place, DatabaseName), place, scrubber));
        }
        catch (SqliteException e)
        {
            Gap(DatabaseName, e.Message);
        }
    }

    private async Task AddLogAsync(BundleWriter bundle, string name, Task<(string? Text, string? Why)> reading)
    {
        var (text, why) = await reading;
        if (text is not null)
            bundle.AddText(name, text);
        else
            Gap(name, why ?? "");
    }

    private void Gap(string name, string why) => _gaps.Add(new BundleGapOutput(name, why));
}
