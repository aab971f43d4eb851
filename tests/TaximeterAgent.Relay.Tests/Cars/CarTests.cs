using System.Text;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Relay.Tests.Cars;

/// <summary>What the cars report is what the operator sees; what is not theirs to report is not taken.</summary>
[Collection(Fleet.Name)]
public sealed class CarTests(Services services) : IAsyncLifetime
{
    private RelayCopy? _relay;
    private TestCar? _car;
    private string _key = "";

    public async Task InitializeAsync()
    {
        if (DebianPackages.Missing is not null)
            return;
        _relay = await RelayCopy.StartAsync(services);
        _car = await TestCar.AddAsync(services);
        _key = await _relay.KeyAsync(services, ClientKeys.Operator);
    }

    public async Task DisposeAsync()
    {
        if (_car is not null)
            await _car.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }

    [BrokerFact]
    public async Task A_report_is_shown_with_the_time_at_which_it_came()
    {
        Assert.Equal((404, "unknown-car"), (await LookAsync()) is var look ? (look.Status, look["error"]) : default);
        // A car without a battery for its clock.
        var wrongClock = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await _car!.ReportAsync(TestCar.Quiet with
        {
            At = wrongClock,
            Version = "1.2.3",
            Operations = 4,
            OpenTrips = 3,
            FailedTrips = 1,
            OldestOpenTrip = wrongClock,
            MeterHeard = false,
            Payments = [new OpenPayment(_car.Reference(), "created", "123456", "NOK", 34_500, 0, 0)],
        });

        var shown = (await ShownAsync(payments: 1)).Json!;
        var car = shown["car"]!;
        Assert.Equal(_car.Address.ToString(), car["id"]!.GetValue<string>());
        Assert.InRange(car["seenAt"]!.GetValue<DateTimeOffset>(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(wrongClock, car["reportedAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(("1.2.3", 4, 3, 1), (car["version"]!.GetValue<string>(), car["operations"]!.GetValue<int>(), car["openTrips"]!.GetValue<int>(), car["failedTrips"]!.GetValue<int>()));
        Assert.Equal((true, false), (car["storeWritable"]!.GetValue<bool>(), car["meterHeard"]!.GetValue<bool>()));
        Assert.Equal(_car.Reference(), shown["payments"]!.AsArray().Single()!["reference"]!.GetValue<string>());
    }

    [BrokerFact]
    public async Task All_cars_are_listed_page_by_page_each_once()
    {
        var cars = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            await using var car = await TestCar.AddAsync(services);
            await car.ReportAsync(TestCar.Quiet);
            cars.Add(car.Address.ToString());
        }

        await Eventually.TrueAsync(async () => cars.All((await PagesAsync(1000)).Contains), "all have reported");
        var whole = await PagesAsync(1000);
        var paged = await PagesAsync(2);
        Assert.Equal(whole, paged);
        Assert.Equal(whole.Distinct(), whole);
    }

    [BrokerTheory]
    [InlineData("/cars?limit=0")]
    [InlineData("/cars?limit=1001")]
    [InlineData("/cars?limit=x")]
    [InlineData("/cars?after=T1")]
    [InlineData("/cars/T1")]
    [InlineData("/cars/taxi.T1.x")]
    public async Task A_question_that_makes_no_sense_is_refused(string path) => Assert.Equal(400, (await _relay!.AskAsync(HttpMethod.Get, path, _key)).Status);

    [BrokerFact]
    public async Task Only_the_operator_may_look()
    {
        var bookings = await _relay!.KeyAsync(services, ClientKeys.Bookings);
        foreach (var path in (string[])["/cars", $"/cars/{_car!.Address}", "/payments/stranded"])
        {
            Assert.Equal(401, (await _relay.AskAsync(HttpMethod.Get, path, null)).Status);
            Assert.Equal(401, (await _relay.AskAsync(HttpMethod.Get, path, bookings)).Status);
        }
    }

    [BrokerFact]
    public async Task A_report_without_a_name_is_nobodys()
    {
        await UnusableAsync(() => _car!.PublishAsync(Encoding.UTF8.GetBytes("{}"), key: null, user: null));
        Assert.Equal(404, (await LookAsync()).Status);
    }

    /// <summary>Each of these would be one that comes back for ever, and holds up all the others.</summary>
    [BrokerTheory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"at":"2026-11-03T12:00:00Z","version":"\u0000","operations":0,"openTrips":0,"failedTrips":0,"storeWritable":true,"meterHeard":true,"payments":[]}""")]
    [InlineData("""{"at":"2026-11-03T12:00:00Z","version":"1","operations":0,"openTrips":0,"failedTrips":0,"storeWritable":true,"meterHeard":true,"payments":[null]}""")]
    [InlineData("""{"at":"2026-11-03T12:00:00Z","version":"1","operations":0,"openTrips":0,"failedTrips":0,"storeWritable":true,"meterHeard":true,"payments":null}""")]
    [InlineData("""{"at":"2026-11-03T12:00:00Z","version":"1","operations":0,"openTrips":0,"failedTrips":0,"storeWritable":true,"meterHeard":true,"payments":[],"answers":[null]}""")]
    [InlineData("""{"at":"2026-11-03T12:00:00Z","version":"1","operations":0,"openTrips":0,"failedTrips":0,"storeWritable":true,"meterHeard":true,"payments":[{"reference":"CAR-1-abcdefgh-1","state":"authorized","merchantSerialNumber":"\u0000","currency":"NOK","amount":1,"captured":0,"cancelled":0}]}""")]
    public async Task An_unusable_report_is_passed_over_once_and_the_next_is_taken(string report)
    {
        var body = Encoding.UTF8.GetBytes(report.Replace("CAR", $"taxi-{_car!.Address.Car}", StringComparison.Ordinal));
        await UnusableAsync(() => _car.PublishAsync(body, key: null, _car.Address.User));
        await _car.ReportAsync(TestCar.Quiet with { Version = "the next" });
        await Eventually.TrueAsync(async () => (await LookAsync()).Text.Contains("the next", StringComparison.Ordinal), "the next report");
    }

    [BrokerFact]
    public async Task A_payment_of_another_car_in_a_report_is_not_taken()
    {
        await _car!.ReportAsync(TestCar.Quiet with
        {
            Payments =
            [
                new OpenPayment($"taxi-{services.NewAddress().Car}-1-abcdefgh-1", "created", "123456", "NOK", 1, 0, 0),
                new OpenPayment(_car.Reference("mine"), "created", "123456", "NOK", 1, 0, 0),
            ],
        });
        Assert.Equal(_car.Reference("mine"), (await ShownAsync(payments: 1)).Json!["payments"]!.AsArray().Single()!["reference"]!.GetValue<string>());
    }

    [BrokerFact]
    public async Task Reports_wait_in_their_queue_while_the_database_is_away()
    {
        await using var wire = new Wire(new Npgsql.NpgsqlConnectionStringBuilder(services.ConnectionString).Port);
        await _relay!.DisposeAsync();
        _relay = await RelayCopy.StartAsync(services, options => options.Database.ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(options.Database.ConnectionString) { Port = wire.Port }.ConnectionString);
        wire.Cut();
        await _car!.ReportAsync(TestCar.Quiet);
        await Eventually.TrueAsync(() => Task.FromResult(_relay.Log.Any(line => line.Contains("stays in its queue", StringComparison.Ordinal))), "the relay says that it cannot store it");
        wire.Mend();
        await ShownAsync();
    }

    private Task<Answer> LookAsync() => _relay!.AskAsync(HttpMethod.Get, $"/cars/{_car!.Address}", _key);

    // The car is stored before its payments.
    private async Task<Answer> ShownAsync(int payments = 0)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(async () => (answer = await LookAsync()).Json?["payments"]?.AsArray().Count >= payments, "the car's report");
        return answer!;
    }

    private async Task UnusableAsync(Func<Task> report)
    {
        var before = await _relay!.CountAsync("reports{result=\"unusable\"}");
        await report();
        await Eventually.TrueAsync(async () => await _relay.CountAsync("reports{result=\"unusable\"}") >= before + 1, "the report is passed over");
        Assert.Equal(before + 1, await _relay.CountAsync("reports{result=\"unusable\"}"));
    }

    private async Task<List<string>> PagesAsync(int limit)
    {
        var cars = new List<string>();
        for (string? after = null; ;)
        {
            var page = await _relay!.AskAsync(HttpMethod.Get, $"/cars?limit={limit}{(after is null ? "" : $"&after={after}")}", _key);
            Assert.Equal(200, page.Status);
            cars.AddRange(page.Json!["cars"]!.AsArray().Select(car => car!["id"]!.GetValue<string>()));
            if ((after = page["next"]) is null)
                return cars;
        }
    }
}
