using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Cli;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Masking;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Bundle;

/// <summary>
/// Secrets and numbers are planted everywhere that a bundle is made of: in each column of each table, in what the configuration says, in the service's log and the kernel's. Then the
/// bundle, made by the program as its own process, is searched.
/// </summary>
public sealed class SupportBundleTests : IDisposable
{
    private const string Stored = "91234567";
    private const string Logged = "48765432";
    private const string ClientSecret = "planted-Client/Secret+1";
    private const string SubscriptionKey = "plantedsubscriptionkey22";
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJwbGFudGVkIjoidG9rZW4ifQ.plantedSignature";

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public SupportBundleTests()
    {
        Directory.CreateDirectory(_files.Path("bin"));
        _configuration.With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"").With("EPayment:ClientSecret", JsonSerializer.Serialize(ClientSecret)).With("EPayment:SubscriptionKey", JsonSerializer.Serialize(SubscriptionKey))
            .With("Outbox:Directory", JsonSerializer.Serialize(Outbox)).With("Control:Socket", JsonSerializer.Serialize(_files.Path("none.sock"))).With("Meter:Serial:Port", "\"/dev/ttyUSB9\"")
            .With("Driver:Keypad", "\"none\"").With("Driver:KeypadDevice", null).With("Driver:Display", "\"none\"").With("Driver:DisplayDevice", null)
            .With("Car:Brand", JsonSerializer.Serialize($"Taxi {Logged}"));
    }

    private string Outbox => _files.Path("outbox");

    private string File => _files.Path("bundle.tar.gz");

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Nothing_that_was_planted_is_in_it()
    {
        Fill();
        PlantInEveryColumn();
        PlantInTheJournal();

        var (exitCode, output, error) = await MakeAsync();

        Assert.Equal((ExitCode.Ok, UnixFileMode.UserRead | UnixFileMode.UserWrite), (exitCode, System.IO.File.GetUnixFileMode(File)));
        var files = Unpack();
        Assert.All(
            (string[])["README.txt", "versions.txt", "doctor.json", "configuration.json", "trips.json", "outbox.db", "log.jsonl", "kernel.txt"], name => Assert.Contains(name, files.Keys));
        foreach (var (name, content) in files.Append(new("what it says itself", Encoding.UTF8.GetBytes(output + error))))
            AssertClean(name, content);
        Assert.Contains("no answer from ", Encoding.UTF8.GetString(files["log.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_in_it_can_be_read_and_has_every_row()
    {
        Fill();
        await MakeAsync();

        var files = Unpack();
        // Planted over, no trip and no operation is one any more: their stories are looked at here.
        Assert.All((string[])["trips/001.json", "trips/002.json", "outbox.json", "trips.json"], name => AssertClean(name, files[name]));
        Assert.Contains("•••• ••67", Encoding.UTF8.GetString(files["trips/001.json"]), StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(_files.Path("read.db"), files["outbox.db"]);
        using var connection = new SqliteConnection($"Data Source={_files.Path("read.db")};Pooling=False");
        connection.Open();
        Assert.Equal("ok", Text(connection, "PRAGMA integrity_check"));
        Assert.Equal(("2", "1", "2"), (Text(connection, "SELECT count(*) FROM trips"), Text(connection, "SELECT count(*) FROM operations"), Text(connection, "SELECT count(*) FROM identities")));
        Assert.Contains("•••• ••67", Text(connection, "SELECT state FROM trips LIMIT 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_car_s_own_database_stays_as_it_is()
    {
        Fill();
        var before = Directory.EnumerateFiles(Outbox).Order(StringComparer.Ordinal).Select(file => (file, Convert.ToHexString(System.IO.File.ReadAllBytes(file)))).ToList();
        await MakeAsync();
        Assert.Equal(before, Directory.EnumerateFiles(Outbox).Order(StringComparer.Ordinal).Select(file => (file, Convert.ToHexString(System.IO.File.ReadAllBytes(file)))));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        System.IO.File.WriteAllText(File, "mine");

        var (exitCode, _, error) = await MakeAsync();

        Assert.Equal((ExitCode.InputOutput, "mine"), (exitCode, System.IO.File.ReadAllText(File)));
        Assert.Contains("is there already, and is not written over", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_had_is_said_and_the_rest_is_written()
    {
        var (exitCode, output, error) = await MakeAsync("--json");

        Assert.Equal(ExitCode.Ok, exitCode);
        using var made = JsonDocument.Parse(output);
        var gaps = made.RootElement.GetProperty("leftOut").EnumerateArray().Select(gap => gap.GetProperty("name").GetString()).ToList();
        Assert.All((string[])["outbox.db", "status.json", "trips.json"], name => Assert.Contains(name, gaps));
        Assert.Contains("configuration.json", Unpack().Keys);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> MakeAsync(params string[] more) => AgentProcess.RunAsync(
        ["support-bundle", "--output", File, "--config", _configuration.File, .. more],
        new Dictionary<string, string> { ["PATH"] = $"{_files.Path("bin")}:{Environment.GetEnvironmentVariable("PATH")}" });

    private void Fill()
    {
        using var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System);
        outbox.Commit(Examples.FareBatch(1));
        var second = Examples.FareBatch(2, 2);
        second.AddedOperations.Clear();
        outbox.Commit(second);
    }

    // As text at the end of what is there, or as text that is bytes; not in a hash, which has its length.
    private void PlantInEveryColumn()
    {
        var plant = $" {string.Join(" ; ", PlantedNumbers.Of(Stored).Concat(PlantedNumbers.Of(Logged)))} ; {ClientSecret} ; {SubscriptionKey} ; {Uri.EscapeDataString(ClientSecret)} ; Bearer {Token}";
        using var connection = new SqliteConnection($"Data Source={Outbox}/outbox.db;Pooling=False");
        connection.Open();
        foreach (var trigger in Column(connection, "SELECT name FROM sqlite_schema WHERE type='trigger'"))
            Run(connection, $"DROP TRIGGER {trigger}");
        Run(connection, "INSERT INTO settings VALUES ('planted', 'x')");
        var planted = 0;
        foreach (var table in Column(connection, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite%'"))
        {
            foreach (var column in Column(connection, $"SELECT name FROM pragma_table_info('{table}')").Where(column => (table, column) is not ("identities", _) and not ("trips", "state")))
            {
                planted += Run(connection, $"UPDATE {table} SET {column} = {column} || $plant WHERE typeof({column}) = 'text'", plant);
                planted += Run(connection, $"UPDATE {table} SET {column} = CAST(CAST({column} AS TEXT) || $plant AS BLOB) WHERE typeof({column}) = 'blob'", plant);
            }
        }

        // A state stays one: within a word of its own.
        planted += Run(connection, "UPDATE trips SET state = json_set(state, '$.fare.driver', $plant) WHERE key = 1", plant);
        Assert.True(planted > 20, $"planted {planted} times only");
    }

    private void PlantInTheJournal()
    {
        var said = string.Join(" ; ", PlantedNumbers.Of(Logged).Select(form => $"no answer from {form}")) + $" {ClientSecret} {Token}";
        var line = JsonSerializer.Serialize(new Dictionary<string, string> { ["_PID"] = "812", ["PRIORITY"] = "6", ["__REALTIME_TIMESTAMP"] = "1762171200000000", ["MESSAGE"] = said });
        System.IO.File.WriteAllText(_files.Path("said"), $"{line}\n{said}\n");
        System.IO.File.WriteAllText(_files.Path("bin/journalctl"), $"#!/bin/sh\ncat {_files.Path("said")}\n");
        System.IO.File.SetUnixFileMode(_files.Path("bin/journalctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void AssertClean(string name, byte[] content)
    {
        var text = PlantedNumbers.Squeezed(Encoding.Latin1.GetString(content));
        foreach (var number in (string[])[Stored, Logged])
            Assert.False(text.Contains(number[..7], StringComparison.Ordinal), $"{name} has a phone number: {Around(text, number[..7])}");
        var raw = Encoding.Latin1.GetString(content);
        foreach (var secret in (string[])[ClientSecret, SubscriptionKey, Uri.EscapeDataString(ClientSecret), Token, "plantedSignature"])
            Assert.False(raw.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{name} has a secret: {Around(raw, secret)}");
    }

    private static string Around(string text, string found)
    {
        var at = Math.Max(0, text.IndexOf(found, StringComparison.OrdinalIgnoreCase));
        return text[Math.Max(0, at - 40)..Math.Min(text.Length, at + 40)];
    }

    private Dictionary<string, byte[]> Unpack()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var file = System.IO.File.OpenRead(File);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files[entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]] = content.ToArray();
        }

        return files;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.GetValue(0).ToString()!);
        return values;
    }

    private static string Text(SqliteConnection connection, string sql) => Column(connection, sql)[0];

    private static int Run(SqliteConnection connection, string sql, string? plant = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (plant is not null)
            command.Parameters.AddWithValue("$plant", plant);
        return command.ExecuteNonQuery();
    }
}
