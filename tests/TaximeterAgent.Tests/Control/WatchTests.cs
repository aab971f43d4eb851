using System.Text.Json;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Control;

public sealed class WatchTests
{
    [Fact]
    public async Task A_watcher_hears_its_topic_and_no_other_in_order()
    {
        var bus = new WatchBus(new ManualTime());
        using var meter = bus.Watch(WatchTopic.Meter)!;
        using var keypad = bus.Watch(WatchTopic.Keypad)!;
        Assert.True(bus.IsWatched(WatchTopic.Meter));
        Assert.False(bus.IsWatched(WatchTopic.Gpio));
        bus.Publish(WatchTopic.Meter, new WatchEvent("frame") { Text = "1" });
        bus.Publish(WatchTopic.Gpio, new WatchEvent("edge"));
        bus.Publish(WatchTopic.Meter, new WatchEvent("frame") { Text = "2" });
        Assert.True(await meter.WaitAsync(CancellationToken.None));
        Assert.Equal(["1", "2"], Read(meter).Select(watched => watched.Event.Text));
        Assert.Empty(Read(keypad));
    }

    [Fact]
    public void A_watcher_that_does_not_read_delays_nobody_and_is_told_how_much_it_lost()
    {
        var bus = new WatchBus(new ManualTime());
        using var slow = bus.Watch(WatchTopic.Meter)!;
        using var quick = bus.Watch(WatchTopic.Meter)!;
        for (var number = 0; number < Watcher.Capacity + 10; number++)
        {
            bus.Publish(WatchTopic.Meter, new WatchEvent("frame") { Text = $"{number}" });
            Assert.Single(Read(quick));
        }

        Assert.Equal(0, quick.TakeDropped());
        Assert.Equal(10, slow.TakeDropped());
        Assert.Equal(0, slow.TakeDropped());
        Assert.Equal("0", Read(slow)[0].Event.Text);
    }

    [Fact]
    public void Watchers_are_limited_and_one_that_ends_makes_room()
    {
        var bus = new WatchBus(new ManualTime());
        var watchers = Enumerable.Range(0, WatchBus.WatchersMaximum).Select(_ => bus.Watch(WatchTopic.Meter)!).ToList();
        Assert.Null(bus.Watch(WatchTopic.Keypad));
        watchers[0].Dispose();
        watchers[0].Dispose();
        using var next = bus.Watch(WatchTopic.Keypad);
        Assert.NotNull(next);
        Assert.Null(bus.Watch(WatchTopic.Keypad));
        watchers.ForEach(watcher => watcher.Dispose());
        Assert.False(bus.IsWatched(WatchTopic.Meter));
    }

    [Fact]
    public async Task The_socket_streams_events_as_lines_until_the_watcher_goes()
    {
        await using var bench = await Bench.StartAsync();
        using (var stream = await bench.WatchAsync("meter"))
        {
            Assert.Equal("watching", (await stream.NextAsync()).GetProperty("what").GetString());
            bench.Target.Bus.Publish(WatchTopic.Meter, new WatchEvent("frame") { From = "meter", Name = "PING", Text = "PING|1", Meaning = "heartbeat" });
            var frame = await stream.NextAsync();
            Assert.Equal(("frame", "meter", "PING|1", "heartbeat"), (Text(frame, "what"), Text(frame, "from"), Text(frame, "text"), Text(frame, "meaning")));
        }

        await Eventually(() => !bench.Target.Bus.IsWatched(WatchTopic.Meter));
    }

    [Fact]
    public async Task One_watcher_too_many_is_told_to_come_back()
    {
        await using var bench = await Bench.StartAsync();
        var taken = Enumerable.Range(0, WatchBus.WatchersMaximum).Select(_ => bench.Target.Bus.Watch(WatchTopic.Gpio)!).ToList();
        using var client = new SocketClient(bench.Socket);
        var (status, body) = await client.GetAsync("/v1/watch/keypad");
        Assert.Equal((503, "too-many-watch"), (status, Text(body, "error")));
        taken.ForEach(watcher => watcher.Dispose());
    }

    [Fact]
    public async Task An_agent_that_stops_ends_the_stream_at_once()
    {
        var bench = await Bench.StartAsync();
        using var stream = await bench.WatchAsync("gpio");
        await stream.NextAsync();
        await bench.DisposeAsync();
        Assert.Null(await stream.LineAsync());
    }

    [Fact]
    public async Task What_is_not_there_to_watch_is_an_unknown_path()
    {
        await using var bench = await Bench.StartAsync();
        using var client = new SocketClient(bench.Socket);
        Assert.Equal("unknown-path", Text((await client.GetAsync("/v1/watch/display")).Body, "error"));
    }

    [Fact]
    public async Task The_display_can_be_tested()
    {
        await using var bench = await Bench.StartAsync();
        using var client = new SocketClient(bench.Socket);
        var (status, body) = await client.PostAsync("/v1/display/test", null);
        Assert.Equal(200, status);
        Assert.Equal(["12", "34"], body.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
    }

    [Theory]
    [InlineData("HELLO|1|proto=1|meter=NO-4711|model=Semel|fw=2.1", false, "meter NO-4711 has started: Semel, firmware 2.1")]
    [InlineData("HELLO|1|proto=1|agent=car|ver=1", true, "the agent has started, or the line was opened")]
    [InlineData("POS|2|meter=NO-4711|pos=HIRED|time=2026-11-20T10:00:00Z", false, "hired")]
    [InlineData("FARE|17|meter=NO-4711|trip=1042|total=34500|cur=NOK", false, "trip 1042 is over, 345.00 NOK is due")]
    [InlineData("VOID|3|booking=B-7", false, "booking B-7 will not be")]
    [InlineData("VOID|3|meter=m|trip=9|start=x", false, "trip 9 is settled otherwise")]
    [InlineData("PING|4", false, "heartbeat")]
    [InlineData("PAID|5|meter=m|trip=1042|amount=34505|cur=NOK", true, "trip 1042 is paid: 345.05 NOK")]
    [InlineData("UNPAID|5|meter=m|trip=1042|due=100|reason=aborted", true, "trip 1042 is not paid, 1.00 is left to collect: aborted")]
    [InlineData("NAK|5|of=00000000|reason=type", true, "refused: type")]
    [InlineData("?|…", false, "a type that is not known")]
    public void A_frame_is_said_in_plain_words(string payload, bool sent, string meaning) =>
        Assert.Equal(meaning, FrameMeaning.Of(new TfpFrameRecord(sent, payload.Split('|')[0], payload, 0)));

    private static List<Watched> Read(Watcher watcher)
    {
        var read = new List<Watched>();
        while (watcher.TryRead(out var watched))
            read.Add(watched);
        return read;
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();

    private static async Task Eventually(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
            await Task.Delay(20, patience.Token);
    }

    private sealed class Bench : IAsyncDisposable
    {
        private readonly TestFiles _files = new();
        private readonly ControlServer _server;
        private bool _stopped;

        private Bench() => _server = new ControlServer(Socket, Target, new LogCollector());

        public FakeTarget Target { get; } = new();

        public string Socket => _files.Path("control.sock");

        public static async Task<Bench> StartAsync()
        {
            var bench = new Bench();
            await bench._server.StartAsync(CancellationToken.None);
            return bench;
        }

        public async Task<LineStream> WatchAsync(string topic) => await LineStream.OpenAsync(Socket, $"/v1/watch/{topic}");

        public async ValueTask DisposeAsync()
        {
            if (_stopped)
                return;
            _stopped = true;
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
            _files.Dispose();
        }
    }
}
