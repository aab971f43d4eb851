using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Agents;

/// <summary>A broker that is away, is not the broker, or does not want the car: the agent runs on, says so, and comes back by itself.</summary>
[Collection(Fleet.Name)]
public sealed class AgentAwayTests(Services services)
{
    [BrokerFact]
    public async Task The_broker_is_killed_and_comes_back_and_so_does_the_car()
    {
        await using var car = await AgentCar.StartAsync(services);
        await Eventually.TrueAsync(car.ConnectedAsync, "the car is connected");
        await BookAsync(car, "a booking before it");
        await services.KillBrokerAsync();
        try
        {
            await Eventually.TrueAsync(async () => !await car.ConnectedAsync() && await car.LevelAsync() == "yellow", "the car notices");
        }
        finally
        {
            await services.StartBrokerAsync();
        }

        await Eventually.TrueAsync(car.ConnectedAsync, "the car is connected again");
        await BookAsync(car, "a booking after it");
        Assert.Equal(0, (await car.StopAsync()).Code);
    }

    [BrokerFact]
    public async Task A_broker_whose_certificate_is_from_another_authority_gets_no_password()
    {
        var other = services.PathOf("other-ca") + ".pem";
        await File.WriteAllTextAsync(other, Certificates.Authority());
        await using var car = await AgentCar.StartAsync(services, relay: section => section["CaFile"] = other);
        await Eventually.TrueAsync(async () => (await car.RelayAsync())?["cause"]?.GetValue<string>() == "certificate", "the certificate is refused");
        Assert.Equal("yellow", await car.LevelAsync());
    }

    [BrokerFact]
    public async Task A_wrong_password_is_said_once_and_shown_nowhere()
    {
        const string wrong = "the-wrong-password-of-this-car";
        await using var car = await AgentCar.StartAsync(services, relay: section => section["Password"] = wrong);
        await Eventually.TrueAsync(async () => (await car.RelayAsync())?["cause"]?.GetValue<string>() == "refused", "the password is refused");
        Assert.DoesNotContain(wrong, (await car.RelayAsync())!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, (await car.StopAsync()).Code);
        Assert.DoesNotContain(wrong, car.Written(), StringComparison.Ordinal);
        Assert.Equal(2, car.Written().Split("is away").Length);
    }

    [BrokerFact]
    public async Task A_car_that_reads_as_another_one_is_told_to_be_added()
    {
        await using var other = await TestCar.AddAsync(services);
        await using var car = await AgentCar.StartAsync(services, relay: section => section["User"] = other.Address.User);
        await Eventually.TrueAsync(async () => (await car.RelayAsync())?["cause"]?.GetValue<string>() == "not-added", "the queues are refused");
    }

    [BrokerFact]
    public async Task A_broker_that_does_not_answer_any_more_does_not_hold_up_the_stop()
    {
        await using var wire = new Wire(services.BrokerPort);
        await using var car = await AgentCar.StartAsync(services, wire.Port);
        await Eventually.TrueAsync(car.ConnectedAsync, "the car is connected");
        wire.Hold();
        var (code, took) = await car.StopAsync();
        Assert.Equal(0, code);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private async Task BookAsync(AgentCar car, string what)
    {
        var id = services.Name("booking");
        await services.OrderAsync(car.Address, new BookingOrder(BookingOrder.Book, id, DateTimeOffset.UtcNow) { Phone = "4791234567", Currency = "NOK" });
        await Eventually.TrueAsync(async () => await car.TripAsync(id) is not null, what);
    }
}
