using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Fleet;
using TaximeterAgent.Sync;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Tests.Fleet;

/// <summary>The car's side of the connection, with a broker that does what the test wants.</summary>
public sealed class FleetServiceTests : IAsyncLifetime
{
    private const string Password = "a-password-of-the-car";

    private readonly FleetBench _bench = new();
    private readonly FakeLink _link = new();
    private readonly Lines _log = new();
    private FleetService? _service;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_service is not null)
        {
            await StoppedAsync();
            _service.Dispose();
        }

        _bench.Dispose();
    }

    [Fact]
    public async Task It_is_there_once_the_broker_has_the_first_report()
    {
        var session = await ConnectedAsync();
        Assert.True(_bench.Status.Report().Connected);
        Assert.Single(session.Reports);
    }

    [Fact]
    public async Task A_booking_is_acknowledged_only_after_the_broker_has_its_answer()
    {
        var session = await ConnectedAsync();
        session.Confirm = new TaskCompletionSource();
        var taking = session.Messages!.OrderAsync(FleetBench.Book("app-1"), CancellationToken.None);
        await _bench.UntilAsync(() => session.Reports.Any(report => report.Answers.Count > 0));
        Assert.NotNull(_bench.Outbox.Find(Core.Payments.Identity.OfBooking("app-1")));
        Assert.False(taking.IsCompleted);
        session.Confirm.SetResult();
        await _bench.UntilAsync(() => taking.IsCompleted);
        await taking;
        Assert.Equal(new BookingAnswer("app-1", BookingOrder.Book, BookingAnswer.Stored), session.Reports.SelectMany(report => report.Answers).Single());
    }

    [Fact]
    public async Task A_booking_whose_answer_does_not_arrive_is_not_acknowledged_and_is_one_when_it_comes_again()
    {
        var session = await ConnectedAsync();
        session.Away = new FleetAwayException(FleetCause.Lost, "broken");
        var taking = session.Messages!.OrderAsync(FleetBench.Book("app-1"), CancellationToken.None);
        await _bench.UntilAsync(() => taking.IsCompleted);
        await Assert.ThrowsAsync<FleetAwayException>(() => taking);

        var again = await ConnectedAsync(1);
        taking = again.Messages!.OrderAsync(FleetBench.Book("app-1"), CancellationToken.None);
        await _bench.UntilAsync(() => taking.IsCompleted);
        await taking;
        Assert.Equal(BookingAnswer.Stored, again.Reports.SelectMany(report => report.Answers).Single().Result);
        Assert.Single(_bench.Desk.References);
    }

    [Fact]
    public async Task While_the_broker_is_away_it_waits_longer_and_longer_and_says_it_once_for_each_cause()
    {
        _link.Away = new FleetAwayException(FleetCause.Unreachable, "nobody answers");
        Start();
        await _bench.UntilAsync(() => _link.Tries == 1);
        List<double> waits = [];
        for (var tries = 1; tries < 12; tries++)
        {
            var began = _bench.Time.GetTimestamp();
            await TriedAsync(tries + 1);
            waits.Add(_bench.Time.GetElapsedTime(began).TotalSeconds);
        }

        // At least: how much later the test sees it is the machine's affair.
        Assert.True(waits[0] > 0.5 && waits[4] > 12 && waits[^1] > 235, string.Join(", ", waits));
        Assert.Single(_log.Said, line => line.Contains("nobody answers", StringComparison.Ordinal));
        Assert.Equal((false, "unreachable"), (_bench.Status.Report().Connected, _bench.Status.Report().Cause));

        _link.Away = new FleetAwayException(FleetCause.Refused, "it refuses");
        await TriedAsync(13);
        await _bench.UntilAsync(() => _bench.Status.Report().Cause == "refused");
        Assert.Single(_log.Said, line => line.Contains("it refuses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_made_anew()
    {
        var session = await ConnectedAsync();
        session.Lose(new FleetAwayException(FleetCause.Lost, "the wire is cut"));
        await _bench.UntilAsync(() => !_bench.Status.Report().Connected);
        Assert.True(session.Disposed);
        var next = await ConnectedAsync(1);
        Assert.NotSame(session, next);
        Assert.Single(next.Reports);
    }

    [Fact]
    public async Task Without_a_password_nothing_is_tried()
    {
        Start("");
        await _bench.UntilAsync(() => _bench.Status.Report().Cause == "no-password");
        Assert.Equal(0, _link.Tries);
    }

    [Fact]
    public async Task A_broker_that_hangs_does_not_hold_up_the_stop()
    {
        _link.Hang = true;
        Start();
        await _bench.UntilAsync(() => _link.Tries == 1);
        await StoppedAsync();
    }

    [Fact]
    public async Task A_hint_reads_the_payment_and_a_hint_that_cannot_be_read_is_passed_over()
    {
        var session = await ConnectedAsync();
        await session.Messages!.HintAsync("poison"u8.ToArray());
        await session.Messages.HintAsync("{\"reference\":\"?\",\"event\":\"AUTHORIZED\",\"at\":\"2026-11-28T20:00:00Z\"}"u8.ToArray());
        await session.Messages.HintAsync("{\"reference\":\"taxi-NO4711-1-abcdefgh-1\",\"event\":\"AUTHORIZED\",\"at\":\"2026-11-28T20:00:00Z\"}"u8.ToArray());
        Assert.Equal((1L, 2L), (_bench.Status.Report().Hints, _bench.Status.Report().Unreadable));
    }

    [Fact]
    public async Task The_password_is_in_no_line_of_the_log()
    {
        _link.Away = new FleetAwayException(FleetCause.Refused, "it refuses the car's user or password");
        Start();
        await _bench.UntilAsync(() => !_log.Said.IsEmpty);
        Assert.DoesNotContain(_log.Said, line => line.Contains(Password, StringComparison.Ordinal));
        Assert.DoesNotContain(Password, JsonSerializer.Serialize(_bench.Status.Report(), ControlJson.Default.RelayReport), StringComparison.Ordinal);
    }

    private async Task StoppedAsync()
    {
        var stopping = _service!.StopAsync(CancellationToken.None);
        await _bench.UntilAsync(() =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            return stopping.IsCompleted;
        });
        await stopping;
    }

    private void Start(string password = Password)
    {
        var options = new RelayOptions(
            new Uri("amqps://relay.example/taxi"), "car-taxi-NO4711", password, "", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));
        var hints = new HintDesk(() => _bench.Desk.Engine, new WebhookCounters(_bench.Time), _bench.Time);
        _service = new FleetService(
            options, _link, () => _bench.Desk.Engine, hints, new CarReports("1.2.3", () => default, _bench.Time), _bench.Status, new RandomIds(), _bench.Time, _log);
        Assert.True(_service.StartAsync(CancellationToken.None).IsCompleted);
    }

    private async Task<FakeSession> ConnectedAsync(int before = 0)
    {
        if (_service is null)
            Start();
        await _bench.UntilAsync(() =>
        {
            if (before > 0)
                _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            return _link.Sessions.Count > before && _bench.Status.Report().Connected;
        });
        return _link.Sessions.Last();
    }

    private Task TriedAsync(int tries) => _bench.UntilAsync(() =>
    {
        if (_link.Tries < tries)
            _bench.Time.Advance(TimeSpan.FromMilliseconds(250));
        return _link.Tries >= tries;
    });

    private sealed class FakeLink : IFleetLink
    {
        private int _tries;

        public int Tries => Volatile.Read(ref _tries);

        public FleetAwayException? Away { get; set; }

        public bool Hang { get; set; }

        public ConcurrentQueue<FakeSession> Sessions { get; } = new();

        public async Task<IFleetSession> OpenAsync(CancellationToken stop)
        {
            Interlocked.Increment(ref _tries);
            if (Away is { } away)
                throw away;
            if (Hang)
                await new TaskCompletionSource().Task; // not even the stop ends it
            var session = new FakeSession();
            Sessions.Enqueue(session);
            return session;
        }
    }

    private sealed class FakeSession : IFleetSession
    {
        private readonly TaskCompletionSource<FleetAwayException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<FleetAwayException> Lost => _lost.Task;

        public IFleetMessages? Messages { get; private set; }

        public ConcurrentQueue<CarReport> Reports { get; } = new();

        public TaskCompletionSource? Confirm { get; set; }

        public FleetAwayException? Away { get; set; }

        public bool Disposed { get; private set; }

        public Task ReadAsync(IFleetMessages messages, CancellationToken stop)
        {
            Messages = messages;
            return Task.CompletedTask;
        }

        public async Task PublishAsync(ReadOnlyMemory<byte> report, CancellationToken stop)
        {
            if (Away is { } away)
            {
                Lose(away);
                throw away;
            }

            Reports.Enqueue(JsonSerializer.Deserialize(report.Span, FleetJson.Default.CarReport)!);
            if (Confirm is { } confirm)
                await confirm.Task;
        }

        public void Lose(FleetAwayException why) => _lost.TrySetResult(why);

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Lines : ILogger<FleetService>
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception) + exception);
    }
}
