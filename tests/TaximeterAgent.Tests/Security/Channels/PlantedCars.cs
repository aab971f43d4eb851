using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Diagnostics.Network;
using TaximeterAgent.Tests.Masking;
using TaximeterAgent.Tests.Telemetry;
using TaximeterAgent.Tests.Telemetry.Otlp;
using AgentProcess = TaximeterAgent.Tests.Cli.AgentProcess;

namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>
/// Two cars, driven once for all tests. The first has every part and a day with everything in it: paid, refused, unknown, booked, voided, malformed, refunded with the PIN, and a
/// crash. The second's service repeats each request in its error, its relay and collector show a wrong certificate, its keys come as credentials and variables. All that came out of
/// either, on whatever way, is kept.
/// </summary>
public sealed class PlantedCars : IAsyncLifetime
{
    /// <summary>What watches has no end of its own.</summary>
    private static readonly TimeSpan s_glance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly List<Channel> _channels = [];
    private string _typed = "";
    private string _refuser = "";

    internal Planted Planted { get; } = new();

    internal IReadOnlyList<Channel> Channels => _channels;

    /// <summary>The number of the trip that was paid, which is no secret: where it is seen the channel has been heard.</summary>
    internal string Trip { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await FirstAsync();
        await SecondAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task FirstAsync()
    {
        using var wire = new StringWriter();
        await using var world = await World.CreateAsync(
            new WorldOptions { Name = "planted", AgentCommand = AgentCommand.BuiltWithUs(), Printer = true, PrintsReceipt = "always" },
            new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, new WireLog(TextWriter.Synchronized(wire)));
        using var elsewhere = TestCertificates.SelfSigned("localhost");
        await using var relay = TestSite.Answers("200 OK", "", "", elsewhere);
        await using var collector = await ConfigureAsync(world, relay);
        world.Meter.FrameLogged += frame =>
        {
            if (!frame.FromMeter)
                Add("meter", "frames of the agent's", frame.Payload);
        };
        await world.SwitchOnAsync();
        await world.WaitAsync(() => File.Exists(world.Places.ControlSocket), "the control socket");
        var watches = new[] { "meter", "keypad", "gpio" }.Select(topic => (topic, stream: new HeardStream(world.Places.ControlSocket, $"/v1/watch/{topic}"))).ToList();
        await DriveAsync(world);
        await world.WaitAsync(() => collector.Spans.Any(span => span.IsRoot), "the first trace");

        foreach (var (topic, stream) in watches)
        {
            Add("watch", $"/v1/watch/{topic}", stream.Heard);
            stream.Dispose();
        }

        AddProcess(world, "a configuration file");
        await AskEndpointsAsync(world);
        await RunCommandsAsync(world, "while it runs");
        foreach (var command in (string[][])[["status", "--all"], ["trips"], ["trip", Trip], ["trip", "order-1"], ["outbox", "list"], ["config", "show"], ["config", "explain", "EPayment:ClientSecret"], ["doctor"]])
        {
            var (code, shown) = await AtTerminal.RunAsync("", [.. command, "--config", world.Places.Configuration]);
            Add("terminal", $"taximeter-agent {string.Join(' ', command)} ({code})", shown);
        }

        foreach (var body in collector.Bodies)
            Add("telemetry", "what the collector was sent", body);
        foreach (var given in wire.ToString().Split('\n').Where(line => line.Contains("\"access_token", StringComparison.Ordinal) || line.Contains("access_token\\\"", StringComparison.Ordinal)))
            Planted.Secret($"token {Planted.Secrets.Count}", JsonNode.Parse(JsonNode.Parse(given)!["responseBody"]!.GetValue<string>())!["access_token"]!.GetValue<string>());

        await CrashAsync(world);
        AddDatabase(world);
        SpoilStates(world);
        await RunCommandsAsync(world, "with states that cannot be read");
        SpoilFile(world);
        await RunCommandsAsync(world, "with a database that is damaged");
        Add("file names", "outbox", string.Join('\n', Directory.EnumerateFileSystemEntries(world.Places.Outbox, "*", SearchOption.AllDirectories)));
        AddScreensAndPaper(world);
        AddLogs(world);
    }

    private async Task<OtlpReceiver> ConfigureAsync(World world, TestSite relay)
    {
        var registration = await WebhookRegistration.MakeAsync(world, "created", "authorized", "captured");
        var port = LoopbackPorts.Free();
        Planted.Secret("the client id", world.Apis.Credentials.ClientId);
        Planted.Secret("the client secret", world.Apis.Credentials.ClientSecret);
        Planted.Secret("the subscription key", world.Apis.Credentials.SubscriptionKey);
        Planted.Secret("the webhooks' secret", registration.Secret);
        Planted.Secret("the collector's header", "planted-Otlp+Header/81");
        world.Reconfigure(root =>
        {
            root["Driver"]!["RefundPin"] = Planted.Secret("the PIN", "92736481");
            root["Relay"] = new JsonObject { ["Uri"] = $"amqps://localhost:{relay.Port}/taxi", ["Password"] = Planted.Secret("the relay's password", "planted-Relay+Password/7"), ["ReconnectFirst"] = "00:00:00.200" };
            root["Telemetry"] = new JsonObject
            {
                ["Otlp"] = new JsonObject { ["Endpoint"] = $"http://127.0.0.1:{port}/collector", ["Headers"] = $"x-key={Planted.Secrets["the collector's header"]}", ["Interval"] = "00:00:00.500" },
            };
        });
        return await OtlpReceiver.StartAsync(port);
    }

    private async Task DriveAsync(World world)
    {
        Trip = (await PaidRide.DriveAsync(world, new Customer(Planted.Number("who paid", "48172935")))).Key.Trip;
        await world.WaitAsync(() => world.Paper!.Slips.Count > 0, "the receipt");

        // Refunded by the driver, with a wrong PIN first.
        await Ride.PressAsync(world, "##3", new ExpectedScreen("the PIN's question", screen => screen.Shows("PIN")));
        world.Keypad.Type("0000#");
        await Ride.PressAsync(world, Planted.Secrets["the PIN"] + "#", new ExpectedScreen("the refund's question", screen => screen.Shows("Refund?")));
        world.Keypad.Type("1");
        await world.WaitAsync(() => world.Meter.Refunded.Count > 0, "the refund");

        (_typed, _refuser) = (Planted.Number("who is not known", "95284716"), Planted.Number("who refuses", "46391852"));
        world.Apis.Customers.Number("47" + _typed, CustomerPlan.Unknown).Number("47" + _refuser, CustomerPlan.Refuses(TimeSpan.FromMilliseconds(100)));
        await world.DriveAsync();
        var fare = Ride.BegunHere(world.NewTrip());
        world.Meter.Finish(fare);
        await Ride.KeyNumberAsync(world, fare, new Customer(_typed));
        await Ride.WaitForAsync(world, Ride.PhoneAgain);
        world.TypeNumber(new Customer(_refuser));
        await Ride.WaitForAsync(world, Ride.Refused);

        world.Meter.Book("order-1", $"+47 {Planted.Number("who booked", "97416283")}", "NOK", 50_000);
        await world.WaitAsync(() => world.Meter.AcknowledgedBookings.Count > 0, "the booking");
        world.Meter.VoidBooking("order-1", "rang from +47 974 16 283");
        world.Meter.SayOnce("FARE", $"trip=9|phone=+47 {Planted.Number("of a fare that is none", "41857392")} 99|cur=NOK");
        world.Meter.SayOnce("BOOK", "booking=order-2|phone=41857392|cur=NOK|pickup=at%20the%20gate%2C%20ring%20418%2057%20392|x-note=41857392");
        world.Meter.SayOnce("SMS", "to=4741857392");
        world.Meter.Noise(Encoding.ASCII.GetBytes("\u0002FARE|77|phone=4741857392\r\n"));
        await world.WaitAsync(() => world.Meter.Answers.Count > 0 && !world.Meter.IsTalking, "the end of the talk");
    }

    private async Task AskEndpointsAsync(World world)
    {
        var sent = JsonSerializer.Serialize(new { amount = Planted.Secrets["the client secret"], note = "rang +47 481 72 935", @as = Planted.Secrets["the PIN"] });
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
                await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(world.Places.ControlSocket), stop);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri("http://agent"), Timeout = s_patience };
        foreach (var endpoint in EndpointTable.All.Where(endpoint => !endpoint.Lines))
        {
            foreach (var trip in (string[])[Trip, "order-1", "none"])
            {
                foreach (var body in endpoint.Method == "POST" ? (string?[])[sent, "{", endpoint.Example] : [null])
                {
                    using var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), endpoint.Path.Replace("{id}", trip, StringComparison.Ordinal));
                    request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                    using var answer = await http.SendAsync(request);
                    Add(endpoint.Path == ControlEndpoints.Metrics ? "metrics" : "endpoint", $"{endpoint.Method} {endpoint.Path} {trip} {(int)answer.StatusCode}", $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}");
                }
            }
        }
    }

    private async Task RunCommandsAsync(World world, string when)
    {
        var capture = Capture(world);
        var setup = Path.Combine(world.Places.Root, $"setup {when}.json");
        PrivateFile.Write(setup, JsonNode.Parse(File.ReadAllText(world.Places.Configuration))!.AsObject());
        foreach (var (path, leaf) in CommandSamples.All.Where(one => one.Path != "run"))
        {
            // Set aside, the database would be a new one for all that follow.
            if (path == "outbox quarantine" && when == "while it runs")
                continue;
            foreach (var json in leaf.Options.Any(option => option.Name == "--json") ? (bool[])[false, true] : [false])
            {
                var arguments = CommandSamples.Arguments(path, leaf, json, world.Places.Configuration, capture, Trip);
                string[] more = path switch
                {
                    "setup" => ["--from", setup, "--root", Directory.CreateDirectory(Path.Combine(world.Places.Root, $"image {when} {json}")).FullName, "--yes"],
                    "support-bundle" => ["--output", Path.Combine(world.Places.Root, $"{when}-{json}.tar.gz")],
                    "logs" => ["--lines", "1000"],
                    _ => [],
                };
                var brief = CommandOutput.All.Any(one => one.Command == path && one.Lines) && path != "logs";
                // These two read the journal, and the test's own process has another PATH.
                if (path is "support-bundle" or "logs")
                    await RunWithJournalAsync(world, [.. arguments, .. more]);
                else
                    await RunAsync([.. arguments, .. more], brief ? s_glance : s_patience);
                if (path == "support-bundle")
                    AddBundle(more[1]);
            }
        }

        foreach (var key in Keys.All)
            await RunAsync(["config", "explain", key.Name, "--config", world.Places.Configuration], s_patience);
        await RunAsync(["trip", "order-1", "--config", world.Places.Configuration], s_patience);
        await RunAsync(["outbox", "hold", "order-1", "--yes", "--config", world.Places.Configuration], s_patience);
        await RunAsync(["resolve", "order-1", "--as", "paid-otherwise", "--yes", "--note", $"she rang from {Planted.Number("in a note", "93517284")}, +47 935 17 284", "--config", world.Places.Configuration], s_patience);
        await RunAsync(["trip", "order-1", "--json", "--config", world.Places.Configuration], s_patience);
    }

    private async Task RunAsync(string[] arguments, TimeSpan limit)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var stop = new CancellationTokenSource(limit);
        var code = await CommandLine.InvokeAsync(arguments, Invocation.MustNotRun, output, error, stop.Token);
        Add("command", $"taximeter-agent {string.Join(' ', arguments)} ({code})", output.ToString() + error);
    }

    // What another program, or an older agent, has said into the journal.
    private async Task RunWithJournalAsync(World world, string[] arguments)
    {
        var number = Planted.Number("in the journal", "98153746");
        var bin = Directory.CreateDirectory(Path.Combine(world.Places.Root, "bin")).FullName;
        var said = string.Join(" ; ", PlantedNumbers.Of(number).Select(form => $"no answer from {form}")) + $" {Uri.EscapeDataString(Planted.Secrets["the relay's password"])} {Planted.Secrets["the subscription key"]}";
        File.WriteAllText(Path.Combine(bin, "said"), JsonSerializer.Serialize(new Dictionary<string, string> { ["_PID"] = "812", ["PRIORITY"] = "6", ["__REALTIME_TIMESTAMP"] = "1762171200000000", ["MESSAGE"] = said }) + "\n");
        File.WriteAllText(Path.Combine(bin, "journalctl"), $"#!/bin/sh\ncat {bin}/said\n");
        File.SetUnixFileMode(Path.Combine(bin, "journalctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (code, output, error) = await AgentProcess.RunAsync(arguments, new Dictionary<string, string> { ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}" });
        Add(arguments[0] == "logs" ? "journal" : "command", $"taximeter-agent {string.Join(' ', arguments)} ({code})", output + error);
    }

    // The bytes of the line, as meter watch --raw would have kept them: frames, and between them a print.
    private string Capture(World world)
    {
        var file = Path.Combine(world.Places.Root, "capture.bin");
        var number = Planted.Number("on the meter's line", "92648175");
        var fare = MeterWords.Fare(world.NewTrip() with { Phone = number });
        using var stream = File.Create(file);
        stream.Write(FrameWriter.Write($"HELLO|1|proto=1|meter={world.Meter.Id}", out _));
        stream.Write(FrameWriter.Write($"FARE|2|{fare}", out _));
        stream.Write(Encoding.ASCII.GetBytes($"TAXI RECEIPT\r\nring +47 {number[..3]} {number[3..5]} {number[5..]}\r\nTOTAL 345.00\r\n\u001dV\u0000"));
        return file;
    }

    private void AddProcess(World world, string keys)
    {
        foreach (var file in (string[])["cmdline", "environ", "comm"])
            Add("process", $"/proc/PID/{file}, keys by {keys}", File.ReadAllBytes($"/proc/{world.Agent!.Id}/{file}"));
    }

    private async Task CrashAsync(World world)
    {
        var agent = world.Agent!;
        var begun = Stopwatch.StartNew();
        while (!agent.HasExited && begun.Elapsed < s_patience)
        {
            using var kill = Process.Start("kill", ["-ABRT", $"{agent.Id}"]);
            await kill.WaitForExitAsync();
            await Task.Delay(100);
        }

        Assert.Equal(128 + 6, agent.ExitCode);
        await world.KillAgentAsync("it has crashed");
    }

    // Numbers stand in what is asked of the service and in the trip itself, until they are wiped; in no other column.
    private void AddDatabase(World world)
    {
        using var connection = new SqliteConnection($"Data Source={world.Places.Outbox}/outbox.db;Pooling=False");
        connection.Open();
        foreach (var table in Column(connection, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite%'"))
        {
            foreach (var column in Column(connection, $"SELECT name FROM pragma_table_info('{table}')"))
            {
                var may = (table, column) is ("trips", "state") or ("operations", "phone") or ("operations", "body");
                Add("database", $"{table}.{column}", Encoding.UTF8.GetBytes(string.Join('\n', Column(connection, $"SELECT CAST({column} AS TEXT) FROM {table}"))), may ? [.. Planted.Numbers.Values] : []);
            }
        }

        foreach (var file in Directory.EnumerateFiles(world.Places.Outbox, "outbox.db*"))
            Add("database", Path.GetFileName(file), File.ReadAllBytes(file), [.. Planted.Numbers.Values]);
    }

    private static void SpoilStates(World world)
    {
        using var connection = new SqliteConnection($"Data Source={world.Places.Outbox}/outbox.db;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE trips SET open = 1, state = json_set(state, '$.phone', '+47 481 72 935 ?', '$.48172935', '97416283', '$.fare.total', '+47 481 72 935')";
        Assert.True(command.ExecuteNonQuery() >= 3);
    }

    private void SpoilFile(World world)
    {
        var file = Path.Combine(world.Places.Outbox, "outbox.db");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        var bytes = File.ReadAllBytes(file);
        // Where a page's own words should be there is a number.
        for (var at = 4096; at + 64 < bytes.Length; at += 4096)
            Encoding.ASCII.GetBytes("4748172935 +47 481 72 935 48172935").CopyTo(bytes, at);
        File.WriteAllBytes(file, bytes);
    }

    private void AddBundle(string path)
    {
        if (!File.Exists(path))
            return;
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            Add("bundle", entry.Name, content.ToArray());
        }
    }

    private void AddScreensAndPaper(World world)
    {
        // What the driver keys must be seen while it is keyed; what the meter or the app has brought must not.
        foreach (var screen in world.Display.History)
            Add("display", "the driver's", Encoding.UTF8.GetBytes(screen.ToString()), _typed, _refuser);
        foreach (var slip in world.Paper!.Slips)
            Add("paper", "the customer's", slip + string.Join('\n', slip.Links));
    }

    private void AddLogs(World world)
    {
        foreach (var file in Directory.EnumerateFiles(world.Places.Root, "agent-*.*"))
            Add("log", Path.GetFileName(file), Shared(file));
    }

    private async Task SecondAsync()
    {
        await using var echo = await EchoService.StartAsync();
        using var wrong = TestCertificates.SelfSigned("localhost");
        await using var site = TestSite.Answers("200 OK", "", "", wrong);
        // Its stderr is the journal, as under systemd.
        string[] journal = ["sh", "-c", "JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2); export JOURNAL_STREAM; exec \"$@\"", "sh"];
        await using var world = await World.CreateAsync(
            new WorldOptions { Name = "echo", AgentCommand = [.. journal, .. AgentCommand.BuiltWithUs()] }, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, null);
        var credentials = Directory.CreateDirectory(Path.Combine(world.Places.Root, "credentials")).FullName;
        Planted.Secret("the service's token", EchoService.Token);
        Planted.Secret("a part of the token", "plantedEchoSignature");
        File.WriteAllText(Path.Combine(credentials, "epayment-client-secret"), Planted.Secret("the client secret as a credential", "planted-Credential/Secret+3"));
        File.WriteAllText(Path.Combine(credentials, "epayment-subscription-key"), Planted.Secret("the subscription key as a credential", "plantedsubscriptionkey4711"));
        File.WriteAllText(Path.Combine(credentials, "telemetry-otlp-headers"), $"x-key={Planted.Secret("the header as a credential", "planted-Header/Credential+4")}");
        world.Reconfigure(root =>
        {
            root["EPayment"]!["BaseUrl"] = echo.Address.ToString().TrimEnd('/');
            root["EPayment"]!.AsObject().Remove("ClientSecret");
            root["EPayment"]!.AsObject().Remove("SubscriptionKey");
            root["Relay"] = new JsonObject { ["Uri"] = $"amqps://localhost:{site.Port}/taxi", ["ReconnectFirst"] = "00:00:00.200" };
            root["Telemetry"] = new JsonObject { ["Otlp"] = new JsonObject { ["Endpoint"] = $"https://localhost:{site.Port}", ["Interval"] = "00:00:00.500" } };
        });
        world.AgentEnvironment["CREDENTIALS_DIRECTORY"] = credentials;
        world.AgentEnvironment["TAXIMETER_Relay__Password"] = Planted.Secret("the relay's password as a variable", "planted-Variable/Secret+5");
        await world.SwitchOnAsync();
        await world.DriveAsync();
        var fare = Ride.BegunHere(world.NewTrip() with { Phone = Planted.Number("whom the service repeats", "45718293") });
        world.Meter.Finish(fare);
        await world.WaitAsync(() => echo.Answers >= 9, "nine errors");
        await world.WaitAsync(() => site.Connections >= 2, "the wrong certificate");
        world.Meter.Void(fare.Key, "rang from 457 18 293");
        await world.WaitAsync(() => !world.Meter.IsTalking, "the end of the talk");
        await AskEndpointsAsync(world, fare.Key.Trip);
        // An environment is its process's: that it is seen by nobody but root another test shows.
        Add("process", "/proc/PID/cmdline, keys by credentials", File.ReadAllBytes($"/proc/{world.Agent!.Id}/cmdline"));
        foreach (var command in (string[][])[["status", "--all"], ["status", "--json"], ["trip", fare.Key.Trip], ["trip", fare.Key.Trip, "--json"], ["trips"], ["doctor"], ["doctor", "--json"], ["network", "test", "--json"], ["outbox", "list"], ["config", "show"], ["config", "check"]])
        {
            var (code, output, error) = await AgentProcess.RunAsync([.. command, "--config", world.Places.Configuration], world.AgentEnvironment);
            Add("command", $"echo: taximeter-agent {string.Join(' ', command)} ({code})", output + error);
        }

        await world.StopAgentAsync();
        AddDatabase(world);
        foreach (var screen in world.Display.History)
            Add("display", "the driver's", screen.ToString());
        AddLogs(world);
    }

    private async Task AskEndpointsAsync(World world, string trip)
    {
        var first = Trip;
        Trip = trip;
        await AskEndpointsAsync(world);
        Trip = first;
    }

    private void Add(string kind, string name, string text) => Add(kind, name, Encoding.UTF8.GetBytes(text));

    private void Add(string kind, string name, byte[] content, params string[] may)
    {
        lock (_channels)
            _channels.Add(new Channel(kind, name, content, may));
    }

    private static byte[] Shared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        return values;
    }
}
