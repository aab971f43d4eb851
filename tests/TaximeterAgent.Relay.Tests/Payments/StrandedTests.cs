using System.Text.Json.Nodes;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Payments;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Server;
using Payment = TaximeterAgent.EPayment.Payment;

namespace TaximeterAgent.Relay.Tests.Payments;

/// <summary>Money that was approved and that nobody takes or gives back is told of, once; what only seems so is not.</summary>
[Collection(Fleet.Name)]
public sealed class StrandedTests(Services services)
{
    private static readonly TimeSpan s_hourAgo = TimeSpan.FromHours(-2);

    [BrokerFact]
    public async Task A_payment_that_a_delivery_told_of_and_that_nobody_settles_is_reported_once()
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await TestCar.AddAsync(services);
        var key = await relay.KeyAsync(services, ClientKeys.Operator);
        Assert.Equal(200, (await new Delivery(car.Reference("old")) { At = DateTimeOffset.UtcNow + s_hourAgo, Msn = "999999" }.SendAsync(relay.Http)).Status);
        Assert.Equal(200, (await new Delivery(car.Reference("new")) { Msn = "999999" }.SendAsync(relay.Http)).Status);

        await TellsAsync(relay, car.Reference("old"));
        var stranded = await ListAsync(relay, key, car.Address);
        Assert.Equal(car.Reference("old"), stranded.Single()["reference"]!.GetValue<string>());
        Assert.Equal((34_500, "NOK", "999999"), (stranded[0]["amount"]!.GetValue<int>(), stranded[0]["currency"]!.GetValue<string>(), stranded[0]["merchantSerialNumber"]!.GetValue<string>()));

        await Task.Delay(relay.Options.Stranded.Every * 4);
        Assert.Single(Told(relay, car.Reference("old")));
        Assert.Empty(Told(relay, car.Reference("new")));
        Assert.True(await relay.CountAsync("payments_stranded") >= 1);

        // A copy that is started later does not tell it again.
        await using var other = await RelayCopy.StartAsync(services);
        await Task.Delay(other.Options.Stranded.Every * 4);
        Assert.Empty(Told(other, car.Reference("old")));
    }

    [BrokerTheory]
    [InlineData("CAPTURED")]
    [InlineData("CANCELLED")]
    [InlineData("TERMINATED")]
    public async Task What_was_settled_is_not_stranded_in_whatever_order_the_deliveries_come(string end)
    {
        await using var relay = await RelayCopy.StartAsync(services);
        await using var car = await TestCar.AddAsync(services);
        var key = await relay.KeyAsync(services, ClientKeys.Operator);
        foreach (var name in (string[])[end, "AUTHORIZED"])
            Assert.Equal(200, (await new Delivery(car.Reference()) { Event = name, At = DateTimeOffset.UtcNow + s_hourAgo }.SendAsync(relay.Http)).Status);
        Assert.Equal(200, (await new Delivery(car.Reference("mark")) { At = DateTimeOffset.UtcNow + s_hourAgo }.SendAsync(relay.Http)).Status);

        await TellsAsync(relay, car.Reference("mark"));
        Assert.Equal(car.Reference("mark"), (await ListAsync(relay, key, car.Address)).Single()["reference"]!.GetValue<string>());
    }

    [BrokerFact]
    public async Task A_payment_that_only_the_car_told_of_is_found_too()
    {
        await using var relay = await RelayCopy.StartAsync(services, options => options.Stranded.After = TimeSpan.FromMilliseconds(50));
        await using var car = await TestCar.AddAsync(services);
        var key = await relay.KeyAsync(services, ClientKeys.Operator);
        await car.ReportAsync(TestCar.Quiet with
        {
            Payments =
            [
                new OpenPayment(car.Reference("authorized"), "authorized", "999999", "NOK", 34_500, 0, 0),
                new OpenPayment(car.Reference("created"), "created", "999999", "NOK", 34_500, 0, 0),
                new OpenPayment(car.Reference("captured"), "authorized", "999999", "NOK", 34_500, 34_500, 0),
            ],
        });

        await TellsAsync(relay, car.Reference("authorized"));
        Assert.Equal(car.Reference("authorized"), (await ListAsync(relay, key, car.Address)).Single()["reference"]!.GetValue<string>());
        await car.ReportAsync(TestCar.Quiet with { Payments = [new OpenPayment(car.Reference("authorized"), "authorized", "999999", "NOK", 34_500, 34_500, 0)] });
        await Eventually.TrueAsync(async () => (await ListAsync(relay, key, car.Address)).Count == 0, "it is settled");
    }

    [BrokerFact]
    public async Task Where_the_keys_are_here_the_payment_is_looked_at_before_anybody_is_told()
    {
        var server = new VippsServer(TimeProvider.System, customers: new ScriptedCustomers { Otherwise = CustomerPlan.Approves(TimeSpan.Zero) });
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        await using var car = await TestCar.AddAsync(services);
        var options = services.Options();
        KeysFile.Configure(services, options, carrier.BaseAddress);
        using var keys = SalesUnitKeys.Read(options, TimeProvider.System);
        var client = new EPaymentClient(keys.Of(ServerDefaults.Msn)!);
        var unit = keys.Unit(ServerDefaults.Msn);
        foreach (var label in (string[])["open", "done"])
        {
            var body = RequestBodies.Create(new CreatePaymentRequest(car.Reference(label), new Amount(34_500, "NOK"), "A ride") { PhoneNumber = "4791234567" }, DateTimeOffset.UtcNow);
            Assert.IsType<Answered<CreatedPayment>>(await client.CreateAsync(unit, car.Reference(label), label, body));
        }

        Assert.IsType<Answered<Payment>>(await client.CaptureAsync(unit, car.Reference("done"), "capture", RequestBodies.Modification(new Amount(34_500, "NOK"))));
        await using var relay = await RelayCopy.StartAsync(services, changed => KeysFile.Configure(services, changed, carrier.BaseAddress));
        var key = await relay.KeyAsync(services, ClientKeys.Operator);
        foreach (var label in (string[])["done", "open"])
            Assert.Equal(200, (await new Delivery(car.Reference(label)) { At = DateTimeOffset.UtcNow + s_hourAgo }.SendAsync(relay.Http)).Status);

        await TellsAsync(relay, car.Reference("open"));
        await Eventually.TrueAsync(async () => (await ListAsync(relay, key, car.Address)).Count == 1, "what was captured is settled here too");
        Assert.Empty(Told(relay, car.Reference("done")));

        Assert.IsType<Answered<Payment>>(await client.CaptureAsync(unit, car.Reference("open"), "capture-2", RequestBodies.Modification(new Amount(34_500, "NOK"))));
        await Eventually.TrueAsync(async () => (await ListAsync(relay, key, car.Address)).Count == 0, "it is settled once it is captured");
        Assert.Empty(server.Violations);
    }

    private static Task TellsAsync(RelayCopy relay, string reference) => Eventually.TrueAsync(() => Task.FromResult(Told(relay, reference).Any()), $"{reference} is told as stranded");

    private static IEnumerable<string> Told(RelayCopy relay, string reference) => relay.Log.Where(line => line.Contains($"Payment {reference} ", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(RelayCopy relay, string key, CarAddress car)
    {
        var answer = await relay.AskAsync(HttpMethod.Get, "/payments/stranded", key);
        Assert.Equal(200, answer.Status);
        return [.. answer.Json!["payments"]!.AsArray().Where(one => one!["car"]!.GetValue<string>() == car.ToString()).Select(one => one!)];
    }
}
