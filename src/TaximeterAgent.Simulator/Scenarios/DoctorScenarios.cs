using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A technician asks the doctor: what is wrong in the world is named, with its cause; and nothing else is.</summary>
internal static class DoctorScenarios
{
    private const int OtherSpeed = 9_600;
    private const int LineSpeed = 19_200;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("doctor", "a fault is planted in the car, the network or the service: the doctor names it, its cause, and no other",
        [
            new ScenarioPart("healthy", HealthyAsync),
            new ScenarioPart("wrong-key", WrongKeyAsync),
            new ScenarioPart("push-not-approved", PushAsync, options => Unit(options, ServerDefaults.SalesUnit with { PushAllowed = false })),
            new ScenarioPart("currency-wrong", CurrencyAsync, options => Unit(options, ServerDefaults.SalesUnit with { Currency = "DKK" })),
            new ScenarioPart("clock-years-off", ClockAsync),
            new ScenarioPart("dns-broken", NameAsync),
            new ScenarioPart("tls-intercepted", InterceptedAsync, options => options with { Carrier = new CarrierOptions { Tls = new ServerTls(TimeProvider.System.GetUtcNow()) } }),
            new ScenarioPart("modem-without-route", RouteAsync),
            new ScenarioPart("meter-at-another-speed", SpeedAsync),
            new ScenarioPart("meter-wires-swapped", SwappedAsync),
            new ScenarioPart("port-held", HeldAsync),
            new ScenarioPart("port-shared", SharedAsync),
            new ScenarioPart("keypad-missing", world => MissingAsync(world, world.Places.Keypad, "keypad")),
            new ScenarioPart("display-missing", world => MissingAsync(world, world.Places.Display, "display")),
            new ScenarioPart("disk-full", DiskAsync),
            new ScenarioPart("disk-read-only", ReadOnlyDiskAsync),
            new ScenarioPart("database-damaged", DamagedAsync),
            new ScenarioPart("nobody-runs-it", StoppedAsync),
        ]),
    ];

    private static Expectation NoTrip { get; } = new() { Trips = [], KeysPressed = false };

    private static async Task<Expectation> HealthyAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitForPaidAsync(fare);
        await ExamineAsync(world);
        return PaidOnce(fare, customer);
    }

    private static Expectation PaidOnce(TripFare fare, Customer customer) => new() { Trips = [Steps.Paid(fare, customer)], Screens = [FareScenarios.Paid], KeysPressed = false };

    private static async Task<Expectation> WrongKeyAsync(World world)
    {
        world.MistypeKey();
        await world.SwitchOnAsync();
        await ExamineAsync(world, new Named("keys-refused", "token", "does not take the keys"));
        return NoTrip;
    }

    private static Task<Expectation> PushAsync(World world) => NotSetUpAsync(world, new Named("sales-unit-push", "sales-unit", "is not approved for requests to a customer's phone"));

    private static Task<Expectation> CurrencyAsync(World world) => NotSetUpAsync(world, new Named("sales-unit-currency", "sales-unit", "does not take NOK"));

    // Only a request shows it: the fare is not possible, and the driver takes another way to pay.
    private static async Task<Expectation> NotSetUpAsync(World world, Named finding)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Ride.FinishAsync(world);
        await Ride.KeyNumberAsync(world, fare, customer);
        await Ride.WaitForAsync(world, Ride.NotPossible);
        await Ride.PressAsync(world, "*1", Ride.CollectOtherwise);
        await ExamineAsync(world, finding);
        // Without the agent the database tells the same.
        await world.StopAgentAsync();
        await ExamineAsync(world, Stopped, finding);
        return Ride.Unpaid(fare, customer, payments: 0, Ride.NotPossible, Ride.CollectOtherwise);
    }

    private static async Task<Expectation> ClockAsync(World world)
    {
        FakeClock clock = world.GiveClock();
        clock.Set(-9 * 365);
        await world.SwitchOnAsync();
        await ExamineAsync(world, new Named("clock-wrong", "clock", "behind the server"));
        clock.Set(0);
        return NoTrip;
    }

    private static async Task<Expectation> NameAsync(World world)
    {
        CallElsewhere(world, "https://no-such-service.invalid");
        await world.SwitchOnAsync();
        await ExamineAsync(world, new Named("network-name", "network", "no-such-service.invalid"));
        return NoTrip;
    }

    // Whoever stands between shows a certificate of an authority that the board does not know.
    private static async Task<Expectation> InterceptedAsync(World world)
    {
        world.AgentEnvironment.Remove("SSL_CERT_FILE");
        await world.SwitchOnAsync();
        await ExamineAsync(world, new Named("network-tls", "network", "does not trust the issuer"));
        return NoTrip;
    }

    // A network of its own for the technician's command: an interface with a link and an address, a modem that says it is connected, and no way out.
    private static async Task<Expectation> RouteAsync(World world)
    {
        CallElsewhere(world, "https://198.51.100.1");
        await world.SwitchOnAsync();
        string tools = Directory.CreateDirectory(Path.Combine(world.Places.Root, "tools")).FullName;
        WriteTool(Path.Combine(tools, "mmcli"), """
            case "$2" in
            -L) echo '{"modem-list":["/org/freedesktop/ModemManager1/Modem/0"]}' ;;
            *) echo '{"modem":{"generic":{"model":"EM7455","state":"connected","signal-quality":{"value":"71"}},"3gpp":{"registration-state":"home","operator-name":"Tele"}}}' ;;
            esac
            """);
        world.AgentEnvironment["PATH"] = $"{tools}:/usr/sbin:/usr/bin:/sbin:/bin";
        await WithinAsync(
            world,
            ["unshare", "--net", "--", "sh", "-c", "ip link add wwan0 type veth peer name tower && ip addr add 192.0.2.7/24 dev wwan0 && ip link set tower up && ip link set wwan0 up && exec \"$@\"", "sh"],
            () => ExamineAsync(world, new Named("network-route", "network", "no way out of its own network")));
        return NoTrip;
    }

    private static async Task<Expectation> SpeedAsync(World world)
    {
        world.Meter.Mangle = frame => WireSpeed.Reread(frame, sentAt: OtherSpeed, readAt: LineSpeed);
        world.Meter.MangleReceived = bytes => WireSpeed.Reread(bytes, sentAt: LineSpeed, readAt: OtherSpeed);
        world.Meter.SwitchOn();
        world.StartAgent();
        await ReadyAsync(world);
        await ExamineAsync(world, new Named("meter-speed", "meter", "another speed or parity"));
        return NoTrip;
    }

    // Each speaks into the other's mouth: nothing arrives on either side.
    private static async Task<Expectation> SwappedAsync(World world)
    {
        world.Meter.Mangle = _ => [];
        world.Meter.Deaf = true;
        world.Meter.SwitchOn();
        world.StartAgent();
        await ReadyAsync(world);
        await ExamineAsync(world, new Named("meter-silent", "meter", "RX and TX are swapped"));
        await world.StopAgentAsync();
        await ExamineAsync(world, Stopped, new Named("meter-silent", "meter", "RX and TX are swapped"));
        return NoTrip;
    }

    // As a second agent does, or whoever locks it.
    private static async Task<Expectation> HeldAsync(World world)
    {
        await using AgentProcess holder = Program(world, ["flock", world.Places.SerialPort, "sleep", "1000"], "holder");
        await world.WaitAsync(() => IsOpen(holder, world.Places.SerialPort), "the program that holds the port");
        world.Meter.SwitchOn();
        world.StartAgent();
        await ReadyAsync(world);
        await ExamineAsync(world, new Named("device-busy", "meter", Who(holder)));
        return NoTrip;
    }

    // As a console does: it locks nothing, and takes bytes away.
    private static async Task<Expectation> SharedAsync(World world)
    {
        await using AgentProcess console = Program(world, ["sh", "-c", $"exec 3<{world.Places.SerialPort}; exec sleep 1000"], "console");
        await world.WaitAsync(() => IsOpen(console, world.Places.SerialPort), "the program that has the port open");
        await world.SwitchOnAsync();
        await ExamineAsync(world, new Named("device-busy", "meter", Who(console)));
        return NoTrip;
    }

    private static async Task<Expectation> MissingAsync(World world, string device, string part)
    {
        var missing = new Named("device-missing", part, "not plugged in");
        File.Delete(device);
        await world.SwitchOnAsync();
        await ExamineAsync(world, missing);
        await world.StopAgentAsync();
        await ExamineAsync(world, Stopped, missing);
        return NoTrip;
    }

    // A small disk of its own for the agent, with little room left.
    private static async Task<Expectation> DiskAsync(World world)
    {
        await WithinAsync(
            world,
            [
                "unshare", "--mount", "--", "sh", "-c",
                "mount -t tmpfs -o size=24m,mode=700 tmpfs \"$0\" && head -c 14000000 /dev/zero >\"$0/log\" && exec \"$@\"", world.Places.Outbox,
            ],
            async () =>
            {
                await world.SwitchOnAsync();
                await ExamineAsync(world, new Named("disk-full", "disk", "has filled the disk"));
            });
        return NoTrip;
    }

    // The kernel has given the disk up: the agent does not start on it, and the driver sees that.
    private static async Task<Expectation> ReadOnlyDiskAsync(World world)
    {
        await world.SwitchOnAsync();
        await world.StopAgentAsync();
        await WithinAsync(
            world,
            ["unshare", "--mount", "--", "sh", "-c", "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"", world.Places.Outbox],
            async () =>
            {
                world.StartAgent();
                await world.WaitForEndAsync(DiskScenarios.StoreUnusable, "its disk is read-only");
                await DiskScenarios.LeavesAsync(world, DiskScenarios.OutOfOrder);
                await ExamineAsync(world, Stopped, new Named("disk-read-only", "disk", "read-only after an error"));
            });
        return NoTrip;
    }

    private static async Task<Expectation> DamagedAsync(World world)
    {
        Customer customer = world.NewCustomer();
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        await world.WaitForPaidAsync(fare);
        await world.StopAgentAsync();
        world.SpoilPages();
        await ExamineAsync(world, Stopped, new Named("database-damaged", "outbox", "gives back something else"));
        world.SpoilDatabase();
        await ExamineAsync(world, Stopped, new Named("database-foreign", "outbox", "gives back something else"));
        return PaidOnce(fare, customer);
    }

    private static async Task<Expectation> StoppedAsync(World world)
    {
        world.Meter.SwitchOn();
        await ExamineAsync(world, Stopped);
        return NoTrip;
    }

    private static Named Stopped { get; } = new("service-stopped", "service", "nobody runs the agent");

    /// <summary>Has the doctor look, and requires that it names these and no other.</summary>
    /// <exception cref="ScenarioFailed">It does not.</exception>
    private static async Task ExamineAsync(World world, params Named[] expected)
    {
        (int code, string output) = await world.AnsweredAsync("doctor", "--json", "--timeout", "4");
        JsonNode report = Parse(output);
        JsonNode[] findings = [.. report["findings"]!.AsArray().OfType<JsonNode>()];
        string told = string.Join("; ", findings.Select(one => $"{one["part"]}: {one["kind"]}: {one["cause"]}"));
        string[] names = [.. findings.Select(one => $"{one["part"]}: {one["kind"]}").Order(StringComparer.Ordinal)];
        string[] wanted = [.. expected.Select(one => $"{one.Part}: {one.Kind}").Order(StringComparer.Ordinal)];
        Steps.Require(names.SequenceEqual(wanted), $"the doctor was to find [{string.Join("; ", wanted)}], and found [{told}]");
        foreach (Named one in expected)
        {
            JsonNode finding = findings.First(found => (string?)found["kind"] == one.Kind);
            Steps.Require(((string?)finding["cause"])?.Contains(one.Cause, StringComparison.Ordinal) == true, $"{one.Kind} is to be caused by '{one.Cause}', and the doctor says '{finding["cause"]}'");
            Steps.Require(!string.IsNullOrWhiteSpace((string?)finding["cure"]), $"the doctor knows no cure for {one.Kind}");
        }

        Steps.Require(findings.Select(one => (int)one["number"]!).SequenceEqual(Enumerable.Range(1, findings.Length)), $"the findings are not numbered in their order: {output}");
        int worst = findings.Length == 0 ? 0 : findings.Any(one => (string?)one["level"] == "red") ? World.CodeRed : World.CodeYellow;
        Steps.Require(code == worst, string.Create(CultureInfo.InvariantCulture, $"the doctor ended with {code}, and its worst finding asks for {worst}"));
    }

    private static JsonNode Parse(string output)
    {
        try
        {
            return JsonNode.Parse(output)!;
        }
        catch (JsonException e)
        {
            throw new ScenarioFailed($"the doctor's answer is no JSON: {e.Message}");
        }
    }

    // The shortened times are for a service on this machine only.
    private static void CallElsewhere(World world, string service) => world.Reconfigure(root =>
    {
        JsonObject payment = root["EPayment"]!.AsObject();
        payment["BaseUrl"] = service;
        foreach (string time in (string[])["PollFirst", "PollEvery", "PaymentLifetime", "CertaintyMargin", "BackoffFirst", "BackoffMost", "RateWindow"])
            payment.Remove(time);
    });

    private static WorldOptions Unit(WorldOptions options, SalesUnit unit) => options with { SalesUnits = [unit, ServerDefaults.OtherSalesUnit] };

    private static Task ReadyAsync(World world) => world.WaitAsync(() => File.Exists(world.Places.ControlSocket), "the agent's control socket");

    /// <summary>Runs what the agent's program is told meanwhile within something else.</summary>
    private static async Task WithinAsync(World world, IReadOnlyList<string> wrapper, Func<Task> then)
    {
        IReadOnlyList<string> program = world.AgentProgram;
        world.AgentProgram = [.. wrapper, .. program];
        try
        {
            await then();
        }
        finally
        {
            world.AgentProgram = program;
        }
    }

    private static AgentProcess Program(World world, IReadOnlyList<string> command, string name) =>
        AgentProcess.Start(command, [], world.Places.Root, Path.Combine(world.Places.Root, name));

    private static bool IsOpen(AgentProcess program, string link)
    {
        string device = new FileInfo(link).LinkTarget!;
        return Directory.EnumerateFiles($"/proc/{program.Id}/fd").Any(descriptor => new FileInfo(descriptor).LinkTarget == device);
    }

    private static string Who(AgentProcess program) => string.Create(CultureInfo.InvariantCulture, $"(process {program.Id})");

    private static void WriteTool(string path, string script)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <param name="Kind">The finding's word.</param>
    /// <param name="Part">The part of the car.</param>
    /// <param name="Cause">What must stand in its cause.</param>
    private sealed record Named(string Kind, string Part, string Cause);
}
