using RabbitMQ.Client;
using TaximeterAgent.Relay.Tests.Support;
using Xunit.Sdk;

namespace TaximeterAgent.Relay.Tests.Webhooks;

/// <summary>The checks of <see cref="WebhookTests"/> find a receiver that does it wrong.</summary>
[Collection(Fleet.Name)]
public sealed class SabotageTests(Services services)
{
    [BrokerFact]
    public async Task A_receiver_that_takes_everything_is_found()
    {
        await using var receiver = await CarelessReceiver.StartAsync(services);
        await using var car = await TestCar.AddAsync(services);
        await using var connection = await RelaysAsync();
        await using var channel = await connection.CreateChannelAsync();
        await WebhookChecks.GenuineIsInTheQueueAsync(receiver.Http, car);
        foreach (var wrong in WebhookChecks.Wrongs)
        {
            await Assert.ThrowsAnyAsync<XunitException>(() => WebhookChecks.WrongIsRefusedAsync(receiver.Http, car, channel, wrong));
            // It has not only said 200: it is there.
            Assert.NotNull(await car.HintAsync());
        }
    }

    [BrokerFact]
    public async Task A_publish_that_nobody_has_to_want_is_found()
    {
        await using var receiver = await CarelessReceiver.StartAsync(services);
        await using var connection = await RelaysAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Assert.ThrowsAnyAsync<XunitException>(() => WebhookChecks.UnroutableIsPutAsideAsync(receiver.Http, channel, $"taxi-{services.NewAddress().Car}-1-abcdefgh-1"));
    }

    [BrokerFact]
    public async Task An_answer_without_a_publish_is_found()
    {
        await using var receiver = await CarelessReceiver.StartAsync(services, forgets: true);
        await using var car = await TestCar.AddAsync(services);
        await Assert.ThrowsAnyAsync<XunitException>(() => WebhookChecks.GenuineIsInTheQueueAsync(receiver.Http, car));
    }

    private Task<IConnection> RelaysAsync()
    {
        var options = services.Options();
        return TestCar.OpenAsync(services, options.Broker.User, options.Broker.Password);
    }
}
