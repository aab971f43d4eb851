using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Disks;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The disk below the agent's outbox: full, or failing.</summary>
internal static class DiskScenarios
{
    /// <summary>The exit code of an agent whose store cannot be used.</summary>
    internal const int StoreUnusable = 74;

    private const long Size = 6 << 20;
    private const int Reserve = 512 << 10;
    private const int SmallReserve = 64 << 10;

    /// <summary>A trip takes some 20 KiB.</summary>
    private const int MostTrips = 20;

    internal static readonly ExpectedScreen StoreFull = new("that nothing can be stored, and what to do", screen => screen.Shows("STORE FULL") && screen.Shows("Pay another way"));

    internal static readonly ExpectedScreen OutOfOrder = new("that nobody takes fares", screen => screen.Shows("OUT OF ORDER") && screen.Shows("Pay another way"));

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ScenarioInParts("disk-full", "another program fills the disk at bad moments (a tmpfs): fares are stored in the reserve and paid once; without any left none is acknowledged",
        [
            new ScenarioPart("before-fare", FullBeforeFareAsync),
            new ScenarioPart("before-capture", FullBeforeCaptureAsync),
            new ScenarioPart("at-start", FullAtStartAsync),
            new ScenarioPart("nothing-left", NothingLeftAsync),
        ]),
        new ScenarioInParts("read-only-root", "nothing can be written but the directories of state and socket (a mount namespace, watched by strace): a fare, a power cut and another fare, and nothing else is tried",
        [
            new ScenarioPart("two-directories", ReadOnlyRootAsync),
        ]),
        new ScenarioInParts("disk-io-errors", "writes, syncs and reads fail, or the disk takes nothing any more (a FUSE file system): the agent acts on nothing that may not be stored, and goes on when it is well",
        [
            new ScenarioPart("sync", SyncFailsAsync),
            new ScenarioPart("write", WriteFailsAsync),
            new ScenarioPart("capture", CaptureNotStoredAsync),
            new ScenarioPart("read-only", TakesNothingAsync),
            new ScenarioPart("read-at-start", ReadFailsAsync),
            new ScenarioPart("names-at-start", NamesFailAsync),
        ]),
    ];

    // All state is in one directory, and the socket in another.
    private static async Task<Expectation> ReadOnlyRootAsync(World world)
    {
        string run = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(world.Places.ControlSocket)!, "run")).FullName;
        world.Reconfigure(root => root["Control"]!["Socket"] = Path.Combine(run, "control.sock"));
        ReadOnlyRoot board = await ReadOnlyRoot.MountAsync(world, world.Places.Outbox, run);
        Customer first = world.NewCustomer();
        TripFare before = await Steps.FinishKnownAsync(world, first);
        await Steps.PaidAsync(world, before);
        string status = await world.CommandAsync("trips", "--json");
        Steps.Require(status.Contains(before.Key.Trip, StringComparison.Ordinal), "the agent's own command does not know the trip");
        await world.KillAgentAsync("the board loses its power");
        world.StartAgent();
        Customer second = world.NewCustomer();
        TripFare after = world.NewTrip() with { Phone = second.National };
        world.Meter.Finish(after);
        await Steps.PaidAsync(world, after);
        await world.StopAgentAsync();
        Steps.Require(board.Watched, "strace saw nothing of the agent");
        Steps.Require(board.Refused.Count == 0, $"the agent tried to write elsewhere: {string.Join(" / ", board.Refused.Take(5))}");
        string[] written = [.. new[] { world.Places.Outbox, run }.SelectMany(Directory.EnumerateFileSystemEntries).Select(Path.GetFileName).OfType<string>()];
        Steps.Require(written.All(name => name.StartsWith("outbox.", StringComparison.Ordinal) || name == "control.sock"), $"the agent left {string.Join(", ", written)}");
        return PaidOnce((before, first), (after, second));
    }

    // Full

    private static async Task<Expectation> FullBeforeFareAsync(World world)
    {
        SmallDisk disk = await SmallAsync(world, Reserve);
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.DriveAsync();
        Fill(disk);
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        await StoredInReserveAsync(world, disk, fare);
        return PaidOnce((fare, customer));
    }

    private static async Task<Expectation> FullBeforeCaptureAsync(World world)
    {
        SmallDisk disk = await SmallAsync(world, Reserve);
        Customer customer = StoreScenarios.WhoWaits(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        PaymentFacts request = await Steps.RequestedAsync(world, fare);
        Fill(disk);
        Approve(world, request);
        await StoredInReserveAsync(world, disk, fare);
        return PaidOnce((fare, customer));
    }

    private static async Task<Expectation> FullAtStartAsync(World world)
    {
        SmallDisk disk = await SmallAsync(world, Reserve);
        Customer customer = StoreScenarios.WhoWaits(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        PaymentFacts request = await Steps.RequestedAsync(world, fare);
        // In good order, so that log and index of the database are removed, and have to be made anew.
        await world.StopAgentAsync();
        Fill(disk);
        world.StartAgent();
        await world.WaitForScreenAsync(Ride.Asked.Matches, Ride.Asked.What);
        Approve(world, request);
        await StoredInReserveAsync(world, disk, fare);
        return PaidOnce((fare, customer));
    }

    private static async Task<Expectation> NothingLeftAsync(World world)
    {
        SmallDisk disk = await SmallAsync(world, SmallReserve);
        await world.SwitchOnAsync();
        Fill(disk);
        var stored = new List<(TripFare Fare, Customer Customer)>();
        (TripFare Fare, Customer Customer) refused;
        while (true)
        {
            Customer customer = world.NewCustomer();
            TripFare fare = world.NewTrip() with { Phone = customer.National };
            world.Meter.Finish(fare);
            await world.WaitAsync(() => Acknowledged(fare) || StoreFull.Matches(world.Display.Current), $"the ACK of the FARE of {fare.Key}, or {StoreFull.What}");
            if (!Acknowledged(fare))
            {
                refused = (fare, customer);
                break;
            }

            stored.Add((fare, customer));
            Steps.Require(stored.Count < MostTrips, $"{stored.Count} fares were acknowledged with a full disk and a reserve of {SmallReserve} bytes");
            await world.WaitAsync(() => world.Meter.Paid.Any(paid => paid.Key == fare.Key) || StoreFull.Matches(world.Display.Current), $"PAID for {fare.Key}, or {StoreFull.What}");
        }

        Steps.Require(stored.Count > 0, "no fare was stored in the reserve");
        await Task.Delay(world.Pace.AnswerPause + world.Pace.Quiet);
        Steps.Require(!Acknowledged(refused.Fare), $"the FARE of {refused.Fare.Key} was acknowledged with nothing left to store it in");
        Steps.Require(Steps.RequestsFor(world, refused.Fare).Length == 0, $"{refused.Fare.Key} was requested though it cannot be stored");
        disk.MakeRoom();
        foreach ((TripFare fare, _) in stored.Append(refused))
            await world.WaitForPaidAsync(fare);
        await WholeAgainAsync(world, disk, SmallReserve);
        return PaidOnce([.. stored, refused]) with { Screens = [StoreFull, FareScenarios.Paid] };

        bool Acknowledged(TripFare fare) => world.Meter.Acknowledged.Any(one => one.Key == fare.Key);
    }

    private static async Task<SmallDisk> SmallAsync(World world, int reserve)
    {
        if (world.OtherStore)
            throw new ScenarioSkipped("its disk and reserve are measured by SQLite's journal");
        world.Reconfigure(root => root["Outbox"]!.AsObject()["Reserve"] = JsonValue.Create(reserve / 1024));
        return await SmallDisk.MountAsync(world, Size);
    }

    private static void Fill(SmallDisk disk)
    {
        disk.Fill();
        Steps.Require(disk.Free == 0, $"{disk.Free} bytes are free on a disk that was filled");
    }

    // PAID, and never with any room that the agent had not kept for itself; then there is room again.
    private static async Task StoredInReserveAsync(World world, SmallDisk disk, TripFare fare)
    {
        await Ride.WaitForPaidAsync(world, fare);
        Steps.Require(!world.Display.History.Any(screen => screen.At >= world.StartedAt && StoreFull.Matches(screen)), "the display said that nothing can be stored, with a reserve left");
        Steps.Require(disk.Reserve < Reserve, "nothing of the reserve was used: the disk was not full for the agent");
        Steps.Require(disk.Free < SmallReserve, $"{disk.Free} bytes are free: the disk was not full for the agent");
        disk.MakeRoom();
        await WholeAgainAsync(world, disk, Reserve);
    }

    private static Task WholeAgainAsync(World world, SmallDisk disk, int reserve) => world.WaitAsync(() => disk.Reserve == reserve, "the reserve, whole again");

    // Failing

    // The meter's fare is written, and its sync fails; the kernel goes on to show what is not on the disk.
    private static async Task<Expectation> SyncFailsAsync(World world)
    {
        (FaultyDisk disk, Customer customer, TripFare fare) = await FinishOnFailingAsync(world, "sync EIO 1 lose");
        await GivesUpAsync(world, disk, "a sync failed", fare);
        // The disk would say now that all is well.
        return await MendedAsync(world, disk, customer, fare);
    }

    // A ride ends on a disk that begins to fail just before.
    private static async Task<(FaultyDisk Disk, Customer Customer, TripFare Fare)> FinishOnFailingAsync(World world, string rule)
    {
        FaultyDisk disk = await FaultyDisk.MountAsync(world);
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.DriveAsync();
        disk.Fail(rule);
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        return (disk, customer, fare);
    }

    private static async Task<Expectation> MendedAsync(World world, FaultyDisk disk, Customer customer, TripFare fare)
    {
        await StartAgainAsync(world, disk);
        await Ride.WaitForPaidAsync(world, fare);
        return PaidOnce((fare, customer)) with { Screens = [OutOfOrder, FareScenarios.Paid] };
    }

    private static async Task<Expectation> WriteFailsAsync(World world)
    {
        (FaultyDisk disk, Customer customer, TripFare fare) = await FinishOnFailingAsync(world, "write EIO");
        await GivesUpAsync(world, disk, "a write failed", fare);
        // As systemd does, again and again.
        await world.KillAgentAsync("the agent has ended and is started again, with the disk as it is");
        world.StartAgent();
        await GivesUpAsync(world, disk, "all writes fail", fare);
        return await MendedAsync(world, disk, customer, fare);
    }

    // The customer approves, and the order to capture is not on the disk: so it must not be sent.
    private static async Task<Expectation> CaptureNotStoredAsync(World world)
    {
        FaultyDisk disk = await FaultyDisk.MountAsync(world);
        Customer customer = StoreScenarios.WhoWaits(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        PaymentFacts request = await Steps.RequestedAsync(world, fare);
        await world.WaitForScreenAsync(Ride.Asked.Matches, Ride.Asked.What);
        disk.Fail("sync EIO 1 lose");
        Approve(world, request);
        await EndsAsync(world, disk, "a sync failed");
        await LeavesAsync(world, OutOfOrder);
        await Task.Delay(world.Pace.Quiet);
        Steps.Require(Steps.Payment(world, request.Reference) is { Captured: 0, State: "AUTHORIZED" }, "the payment was captured though the order to do so is not stored");
        await StartAgainAsync(world, disk);
        await Ride.WaitForPaidAsync(world, fare);
        Steps.Require(world.Apis.Wire.Of(Operation.Capture).Count() == 1, "the capture was sent more than once");
        return PaidOnce((fare, customer)) with { Screens = [Ride.Asked, OutOfOrder, FareScenarios.Paid] };
    }

    // As ext4 is mounted: errors=remount-ro.
    private static async Task<Expectation> TakesNothingAsync(World world)
    {
        (FaultyDisk disk, Customer customer, TripFare fare) = await FinishOnFailingAsync(world, "change EROFS");
        await GivesUpAsync(world, disk, "the disk is read-only", fare);
        await world.KillAgentAsync("the agent has ended and is started again, with the disk as it is");
        world.StartAgent();
        await GivesUpAsync(world, disk, "the disk is read-only", fare);
        return await MendedAsync(world, disk, customer, fare);
    }

    private static Task<Expectation> ReadFailsAsync(World world) =>
        FailsAtStartAsync(world, () => world.KillAgentAsync("the board loses its power"), "read EIO", "its database cannot be read");

    // Stopped in good order it has to make some of its files anew; SQLite would pass over a directory that cannot be synced, and what is in them would be lost with their names.
    private static Task<Expectation> NamesFailAsync(World world) =>
        FailsAtStartAsync(world, world.StopAgentAsync, "names EIO", "the names of its files may not be stored");

    private static async Task<Expectation> FailsAtStartAsync(World world, Func<Task> endAsync, string rule, string why)
    {
        FaultyDisk disk = await FaultyDisk.MountAsync(world);
        Customer customer = StoreScenarios.WhoWaits(world);
        TripFare fare = await Steps.FinishKnownAsync(world, customer);
        PaymentFacts request = await Steps.RequestedAsync(world, fare);
        await world.WaitForScreenAsync(Ride.Asked.Matches, Ride.Asked.What);
        await endAsync();
        disk.Fail(rule);
        world.StartAgent();
        await EndsAsync(world, disk, why);
        await LeavesAsync(world, OutOfOrder);
        // What it could not read it must not take for an empty store, and ask the customer a second time.
        Approve(world, request);
        await StartAgainAsync(world, disk);
        await Ride.WaitForPaidAsync(world, fare);
        return PaidOnce((fare, customer)) with { Screens = [Ride.Asked, OutOfOrder, FareScenarios.Paid] };
    }

    // Nothing has happened of what may not be stored, and the driver knows.
    private static async Task GivesUpAsync(World world, FaultyDisk disk, string why, TripFare fare)
    {
        await EndsAsync(world, disk, why);
        await LeavesAsync(world, OutOfOrder);
        Steps.Require(world.Meter.Acknowledged.All(one => one.Key != fare.Key), $"the FARE of {fare.Key} was acknowledged though {why}");
        Steps.Require(Steps.RequestsFor(world, fare).Length == 0, $"{fare.Key} was requested though {why}");
    }

    private static async Task EndsAsync(World world, FaultyDisk disk, string why)
    {
        try
        {
            await world.WaitForEndAsync(StoreUnusable, why);
        }
        catch (ScenarioFailed error)
        {
            throw new ScenarioFailed($"{error.Message}; the disk failed at: {string.Join(", ", disk.Failures.DefaultIfEmpty("nothing"))}");
        }

        Steps.Require(disk.Failures.Count > 0, "the agent ended before its disk failed");
    }

    // The agent has ended; what it wrote to the display last may still be in the pipe.
    internal static async Task LeavesAsync(World world, ExpectedScreen last)
    {
        DateTime end = DateTime.UtcNow + world.Pace.Patience / 4;
        while (!last.Matches(world.Display.Current))
        {
            Steps.Require(DateTime.UtcNow < end, $"the agent has ended, and the display does not say {last.What}: {world.Display.Current}");
            await Task.Delay(world.Pace.Quiet / 20);
        }
    }

    private static async Task StartAgainAsync(World world, FaultyDisk disk)
    {
        disk.Mend();
        await world.KillAgentAsync("the agent has ended and is started again");
        world.StartAgent();
    }

    private static void Approve(World world, PaymentFacts request) =>
        Steps.Require(world.Apis.Server.CustomerActs(request.Reference, CustomerAct.Approve), "the request could not be approved");

    private static Expectation PaidOnce(params (TripFare Fare, Customer Customer)[] trips) => new()
    {
        Trips = [.. trips.Select(trip => Steps.Paid(trip.Fare, trip.Customer))],
        Screens = [FareScenarios.Paid],
        KeysPressed = false,
    };
}
