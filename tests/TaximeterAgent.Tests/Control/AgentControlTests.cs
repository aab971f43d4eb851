using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Printer;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Control;

public sealed class AgentControlTests
{
    private static readonly HistoryLine[] s_history =
        [new(1, Examples.Noon, "epayment", "Create", $"Create 345.00 NOK to {Examples.Phone.Masked}: done", "tx-EL12345-1-aaaaaaaa-1", "201", "trace-1", TimeSpan.FromMilliseconds(120))];

    private static string Name(int number) => Uri.EscapeDataString(Examples.Trip(number).ToString());

    [Fact]
    public async Task The_status_says_what_waits_and_what_is_wrong()
    {
        await using var rig = new EngineRig((Examples.Open(1), []), (Examples.Closed(2) with { Stopped = "captured 9 is more than the fare 8" }, []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        await Eventually(async () => !(await client.GetAsync("/v1/status")).Body.GetProperty("online").GetBoolean());

        var (status, body) = await client.GetAsync("/v1/status");

        Assert.Equal(200, status);
        Assert.Equal("9.9.9", body.GetProperty("version").GetString());
        Assert.Equal("EL12345", body.GetProperty("car").GetString());
        Assert.False(body.GetProperty("meter").GetProperty("heard").GetBoolean());
        Assert.Equal("missing", body.GetProperty("meter").GetProperty("line").GetProperty("state").GetString());
        Assert.Equal("open", body.GetProperty("keypad").GetProperty("state").GetString());
        Assert.Equal("unknown", body.GetProperty("display").GetProperty("state").GetString());
        Assert.True(body.GetProperty("outbox").GetProperty("writable").GetBoolean());
        Assert.Equal(1, body.GetProperty("trips").GetProperty("open").GetInt64());
        Assert.Equal(1, body.GetProperty("trips").GetProperty("failed").GetInt64());
        var waiting = Assert.Single(body.GetProperty("outbox").GetProperty("waiting").EnumerateArray());
        Assert.Equal(Examples.Trip(1).ToString(), waiting.GetProperty("trip").GetString());
        Assert.Equal("query", waiting.GetProperty("next").GetProperty("what").GetString());
        Assert.True(waiting.GetProperty("next").GetProperty("inSeconds").GetDouble() >= 0);
        Assert.Equal(["meter", "device", "trip"], body.GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("kind").GetString()));
        Assert.False(body.TryGetProperty("webhooks", out _));
        Assert.False(body.TryGetProperty("printer", out _));
    }

    [Fact]
    public async Task The_status_says_how_it_stands_with_the_printer_and_grades_it()
    {
        await using var rig = new EngineRig
        {
            Printer = { Fitted = true, InLine = true, Device = new DeviceStatus(DeviceState.Lost, "It is gone."), Status = new PrinterStatus(PrinterState.Off, Waiting: 2, Dropped: 5) },
        };
        using var client = await rig.StartAsync();

        var body = (await client.GetAsync("/v1/status")).Body;

        var printer = body.GetProperty("printer");
        Assert.Equal(("lost", "off", true), (printer.GetProperty("port").GetProperty("state").GetString(), printer.GetProperty("state").GetString(), printer.GetProperty("inLine").GetBoolean()));
        Assert.Equal((2L, 5L), (Number(printer, "waiting"), Number(printer, "dropped")));
        var part = Assert.Single(body.GetProperty("parts").EnumerateArray(), part => part.GetProperty("name").GetString() == "printer");
        Assert.Equal(("yellow", "It is gone."), (part.GetProperty("level").GetString(), part.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task The_status_counts_what_went_over_the_meters_line()
    {
        await using var rig = new EngineRig();
        using var client = await rig.StartAsync();
        rig.Engine.Post(() =>
        {
            rig.Engine.Link.Start();
            rig.Engine.Link.Receive([.. "noise"u8, .. FrameWriter.Write("PING|7", out _), .. FrameWriter.Write("PING|8", out _)[..^1], (byte)'x', 0x03]);
        });

        var traffic = (await client.GetAsync("/v1/status")).Body.GetProperty("meter").GetProperty("traffic");

        // Of the line itself, of its frames, and of what was none.
        Assert.Equal((3L, 7L), (Number(traffic, "openings"), Number(traffic, "bytesDamaged")));
        Assert.Equal(1, Number(traffic, "framesReceived"));
        // Our HELLO, and the answer to the heartbeat; nobody answers the HELLO, so it may have gone out again.
        Assert.Equal(2, Number(traffic, "framesSent") - Number(traffic, "framesSentAgain"));
        Assert.True(Number(traffic, "bytesOutside") >= "noise".Length);
        Assert.Equal(Enum.GetValues<DroppedFrame>().Select(Kebab.Of).Order(), traffic.GetProperty("dropped").EnumerateObject().Select(one => one.Name).Order());
        Assert.Equal(1, traffic.GetProperty("dropped").EnumerateObject().Sum(one => one.Value.GetInt64()));
    }

    [Fact]
    public async Task A_trip_is_found_by_its_number_and_by_its_whole_name_with_its_history()
    {
        await using var rig = new EngineRig((Examples.Closed(1), s_history), (Examples.Closed(2), []));
        using var client = await rig.StartAsync();

        foreach (var name in new[] { "1", Name(1) })
        {
            var (status, body) = await client.GetAsync($"/v1/trips/{name}");
            Assert.Equal(200, status);
            Assert.Equal(Examples.Trip(1).ToString(), body.GetProperty("summary").GetProperty("id").GetString());
            Assert.Equal("paid", body.GetProperty("phase").GetString());
            Assert.Equal("nothing", body.GetProperty("next").GetProperty("what").GetString());
            var attempt = Assert.Single(body.GetProperty("attempts").EnumerateArray());
            Assert.Equal(("authorized", 34_500L), (attempt.GetProperty("state").GetString(), attempt.GetProperty("captured").GetInt64()));
            var line = Assert.Single(body.GetProperty("history").EnumerateArray());
            Assert.Equal(("201", "trace-1", 120d), (line.GetProperty("code").GetString(), line.GetProperty("traceId").GetString(), line.GetProperty("durationMs").GetDouble()));
        }
    }

    [Fact]
    public async Task A_number_that_recurs_needs_the_whole_name()
    {
        var other = new Core.Fares.TripId("meter-8", "1", Examples.Trip(1).Start);
        await using var rig = new EngineRig((Examples.Closed(1), []), (new TripState { Trip = other, Settled = SettledBy.Void }, []));
        using var client = await rig.StartAsync();

        var (status, body) = await client.GetAsync("/v1/trips/1");
        Assert.Equal(409, status);
        Assert.Equal([Examples.Trip(1).ToString(), other.ToString()], body.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetString()!).Order());
        Assert.Equal(409, (await client.PostAsync("/v1/trips/1/refund", null)).Status);
        Assert.Empty(rig.Service.Calls);

        Assert.Equal(200, (await client.GetAsync($"/v1/trips/{Name(1)}")).Status);
        Assert.Equal(404, (await client.GetAsync("/v1/trips/3")).Status);
    }

    [Fact]
    public async Task A_list_meets_all_conditions()
    {
        await using var rig = new EngineRig((Examples.Open(1), []), (Examples.Closed(2), []), (Examples.Closed(3) with { Stopped = "impossible" }, []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        Assert.Equal("3 2 1", await Numbers(client, ""));
        Assert.Equal("1", await Numbers(client, "open=true"));
        Assert.Equal("3 2", await Numbers(client, "open=false"));
        Assert.Equal("3", await Numbers(client, "failed=true"));
        Assert.Equal("2", await Numbers(client, "open=false&failed=false"));
        Assert.Equal("3", await Numbers(client, "limit=1"));
        Assert.Equal("", await Numbers(client, "since=2100-01-01"));
    }

    [Fact]
    public async Task A_refund_is_stored_before_it_is_answered_and_says_who_ordered_it()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        var (status, body) = await client.PostAsync("/v1/trips/1/refund", "{\"amount\": 10000}");

        Assert.Equal(202, status);
        Assert.Equal((10_000L, 34_500L, 0L, true), (Number(body, "ordered"), Number(body, "captured"), Number(body, "refunded"), body.GetProperty("new").GetBoolean()));
        var (_, trip) = await client.GetAsync("/v1/trips/1");
        Assert.Equal(10_000, Number(trip, "refundOrdered"));
        var ordered = trip.GetProperty("history").EnumerateArray().Single(line => line.GetProperty("actor").GetString() == "technician");
        Assert.Matches(@"\(?uid \d+\)? orders that 100\.00 NOK shall have been refunded in all$", ordered.GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_amount_is_the_total_of_all_refunds()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();

        Assert.Equal(202, (await client.PostAsync("/v1/trips/1/refund", "{\"amount\": 10000}")).Status);
        await Refunded(client, 10_000);
        // The same again changes nothing.
        var (status, again) = await client.PostAsync("/v1/trips/1/refund", "{\"amount\": 10000}");
        Assert.Equal((202, false), (status, again.GetProperty("new").GetBoolean()));
        Assert.Equal((422, "less-than-before"), Brief(await client.PostAsync("/v1/trips/1/refund", "{\"amount\": 9999}")));
        Assert.Equal(202, (await client.PostAsync("/v1/trips/1/refund", null)).Status);
        await Refunded(client, 34_500);

        Assert.Equal([10_000L, 24_500L], rig.Service.Calls.Where(call => call.Kind == OperationKind.Refund).Select(call => call.Amount));
    }

    [Fact]
    public async Task A_refund_that_cannot_be_is_refused_with_its_reason_and_nothing_is_sent()
    {
        await using var rig = new EngineRig(
            (Examples.Closed(1), []),
            (new TripState { Trip = Examples.Trip(2), Fare = Examples.Fare(2), Settled = SettledBy.Cash }, []),
            (Examples.Closed(3) with { Stopped = "impossible" }, []),
            (Examples.Closed(4) with { RefundTarget = 20_000, RefundRefused = true }, []));
        using var client = await rig.StartAsync();

        Assert.Equal((422, "more-than-captured"), Brief(await client.PostAsync("/v1/trips/1/refund", "{\"amount\": 34501}")));
        Assert.Equal((422, "more-than-captured"), Brief(await client.PostAsync("/v1/trips/1/refund", $"{{\"amount\": {long.MaxValue}}}")));
        Assert.Equal((422, "nothing-captured"), Brief(await client.PostAsync("/v1/trips/2/refund", null)));
        Assert.Equal((422, "stopped"), Brief(await client.PostAsync("/v1/trips/3/refund", null)));
        Assert.Equal((422, "refused"), Brief(await client.PostAsync("/v1/trips/4/refund", "{\"amount\": 20000}")));
        Assert.Equal((404, "unknown-trip"), Brief(await client.PostAsync("/v1/trips/5/refund", null)));
        Assert.Empty(rig.Service.Calls);
    }

    [Fact]
    public async Task A_refund_that_finds_no_room_is_not_said_to_be_ordered()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();
        rig.NoRoom();

        Assert.Equal(503, (await client.PostAsync("/v1/trips/1/refund", null)).Status);
        Assert.Equal((503, "store-full"), Brief(await client.PostAsync("/v1/trips/1/refund", null)));
        Assert.Empty(rig.Service.Calls);
    }

    [Fact]
    public async Task An_engine_that_hangs_is_said_to_and_what_was_not_taken_never_is()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();
        rig.FallAsleep();
        using var other = new SocketClient(rig.Socket);

        var refund = client.PostAsync("/v1/trips/1/refund", null);
        var status = other.GetAsync("/v1/status");
        Assert.Equal((503, "no-answer"), Brief(await refund));
        Assert.Equal((503, "no-answer"), Brief(await status));
        Assert.Equal(200, (await client.GetAsync("/v1/trips")).Status);

        rig.WakeUp();
        Assert.Equal(0, Number((await client.GetAsync("/v1/trips/1")).Body, "refundOrdered"));
        Assert.Empty(rig.Service.Calls);
    }

    [Fact]
    public async Task No_answer_holds_a_phone_number()
    {
        var booked = new Core.Fares.Booking("b-1", Examples.Phone, Core.Fares.Currency.NOK, Examples.Nok(50_000));
        await using var rig = new EngineRig((Examples.Open(1) with { Booking = booked }, s_history), (Examples.Closed(2), s_history), (new TripState { Booking = booked, Phone = Examples.Phone }, []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        await client.GetAsync("/v1/status");
        await client.GetAsync("/v1/trips");
        await client.GetAsync("/v1/trips/1");
        await client.GetAsync("/v1/trips/2");
        await client.GetAsync("/v1/trips/b-1");
        await client.PostAsync("/v1/trips/2/refund", null);
        await client.GetAsync("/v1/trips/2");

        var heard = client.Heard.ToString();
        Assert.Contains("+47 •••• ••67", heard, StringComparison.Ordinal);
        Assert.DoesNotContain(Examples.Digits[2..], heard, StringComparison.Ordinal);
    }

    private static async Task<string> Numbers(SocketClient client, string query) =>
        string.Join(' ', (await client.GetAsync($"/v1/trips?{query}")).Body.GetProperty("trips").EnumerateArray().Select(trip => trip.GetProperty("trip").GetString()));

    private static Task Refunded(SocketClient client, long total) =>
        Eventually(async () => Number((await client.GetAsync("/v1/trips/1")).Body.GetProperty("summary"), "refunded") == total);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(20, patience.Token);
    }

    private static long Number(JsonElement body, string name) => body.GetProperty(name).GetInt64();

    private static (int Status, string? Error) Brief((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
