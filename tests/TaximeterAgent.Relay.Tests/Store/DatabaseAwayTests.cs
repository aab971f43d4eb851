using System.Net;
using Npgsql;
using TaximeterAgent.Relay.Cli;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Store;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Store;

/// <summary>Without its database the relay still brings webhooks to the cars; the rest says that it has to wait.</summary>
[Collection(Fleet.Name)]
public sealed class DatabaseAwayTests(Services services)
{
    [BrokerFact]
    public async Task Webhooks_go_through_and_the_rest_says_that_it_has_to_wait_until_the_database_is_back()
    {
        await using var wire = new Wire(new NpgsqlConnectionStringBuilder(services.ConnectionString).Port);
        var through = new NpgsqlConnectionStringBuilder(services.ConnectionString) { Port = wire.Port }.ConnectionString;
        await using var car = await TestCar.AddAsync(services);
        await using var relay = await RelayCopy.StartAsync(services, options => options.Database.ConnectionString = through);
        var key = await relay.KeyAsync(services, ClientKeys.Bookings);
        wire.Cut();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database is away"), await relay.HealthAsync());
        Assert.Equal(200, (await new Delivery(car.Reference()).SendAsync(relay.Http)).Status);
        Assert.NotNull(await car.HintAsync());
        var booking = new { id = services.Name("booking"), car = car.Address.ToString(), phone = "4791234567", currency = "NOK" };
        var made = await relay.AskAsync(HttpMethod.Post, "/bookings", key, booking);
        Assert.Equal((503, "database-away"), (made.Status, made["error"]));
        Assert.Equal(503, (await relay.AskAsync(HttpMethod.Get, "/cars", key)).Status);
        Assert.Null(await car.OrderAsync());

        wire.Mend();
        await Eventually.TrueAsync(async () => (await relay.AskAsync(HttpMethod.Post, "/bookings", key, booking)).Status is 202 or 200, "bookings are taken again");
        Assert.Equal(booking.id, (await car.NextOrderAsync()).Booking);
    }

    [BrokerFact]
    public async Task A_relay_that_starts_before_its_database_takes_it_when_it_comes()
    {
        await using var wire = new Wire(new NpgsqlConnectionStringBuilder(services.ConnectionString).Port);
        wire.Cut();
        var through = new NpgsqlConnectionStringBuilder(await services.NewDatabaseAsync()) { Port = wire.Port }.ConnectionString;
        await using var car = await TestCar.AddAsync(services);
        await using var relay = await RelayCopy.StartAsync(services, options => options.Database.ConnectionString = through, ready: false);
        await Eventually.TrueAsync(async () => (await new Delivery(car.Reference()).SendAsync(relay.Http)).Status == 200, "webhooks go through");
        Assert.Equal("the database is away", (await relay.HealthAsync()).Text);

        wire.Mend();
        await Eventually.TrueAsync(async () => (await relay.HealthAsync()).Status == HttpStatusCode.OK, "the relay is ready");
    }

    [BrokerFact]
    public async Task Copies_that_start_together_make_the_schema_once()
    {
        var database = await services.NewDatabaseAsync();
        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RelayCopy.StartAsync(services, options => options.Database.ConnectionString = database)));
        foreach (var copy in copies)
            await copy.DisposeAsync();
        Assert.Equal((long)Schema.Steps.Count, await services.ExecuteAsync("SELECT count(*) FROM schema_version", database));
    }

    [BrokerFact]
    public async Task A_database_of_a_newer_relay_is_left_alone()
    {
        var database = await services.NewDatabaseAsync();
        await (await RelayCopy.StartAsync(services, options => options.Database.ConnectionString = database)).DisposeAsync();
        await services.ExecuteAsync($"INSERT INTO schema_version VALUES ({Schema.Steps.Count + 1})", database);

        await using var relay = await RelayCopy.StartAsync(services, options => options.Database.ConnectionString = database, ready: false);
        await Eventually.TrueAsync(() => Task.FromResult(relay.Log.Any(line => line.Contains("made by a newer relay", StringComparison.Ordinal))), "the relay says why");
        await Eventually.TrueAsync(async () => (await relay.HealthAsync()).Text == "the database is away", "the relay is not ready");
        Assert.Equal(503, (await relay.AskAsync(HttpMethod.Get, "/cars", new string('0', 64))).Status);

        var (code, _, error) = await Tool.RunAsync(Tool.Write(services.PathOf("config"), relay.Options), "clients", "list");
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("made by a newer relay", error, StringComparison.Ordinal);
    }
}
