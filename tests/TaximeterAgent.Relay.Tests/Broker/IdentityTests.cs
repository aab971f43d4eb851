using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Broker;

/// <summary>Two identities: what one car may do is its own alone, and the broker says so.</summary>
[Collection(Fleet.Name)]
public sealed class IdentityTests(Services services)
{
    private const ushort AccessRefused = 403;

    [BrokerFact]
    public async Task No_car_reads_writes_empties_or_removes_another_ones_queue()
    {
        await using var own = await TestCar.AddAsync(services);
        await using var other = await TestCar.AddAsync(services);
        foreach (var queue in (string[])[other.Address.HintQueue, other.Address.BookingQueue, BrokerNames.Reports, BrokerNames.Dead])
        {
            await RefusedAsync(own, channel => channel.BasicGetAsync(queue, autoAck: false));
            await RefusedAsync(own, channel => channel.BasicConsumeAsync(queue, autoAck: false, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel)));
            await RefusedAsync(own, channel => channel.QueuePurgeAsync(queue));
            await RefusedAsync(own, channel => channel.QueueDeleteAsync(queue));
        }

        foreach (var exchange in (string[])[BrokerNames.Hints, BrokerNames.Bookings, BrokerNames.Dead, "", "amq.direct"])
            await RefusedAsync(own, channel => PublishAsync(channel, exchange, exchange.Length == 0 ? other.Address.HintQueue : other.Address.RoutingKey));
        await RefusedAsync(own, channel => channel.QueueBindAsync(own.Address.HintQueue, BrokerNames.Hints, other.Address.RoutingKey));
        await RefusedAsync(own, channel => channel.QueueDeclareAsync(services.Name("mine"), durable: true, exclusive: false, autoDelete: false));

        // And its own it may read: so it is not that nobody may anything.
        Assert.Null(await own.HintAsync());
        Assert.Null(await own.OrderAsync());
    }

    [BrokerFact]
    public async Task A_report_under_another_cars_key_or_name_is_refused_by_the_broker()
    {
        await using var own = await TestCar.AddAsync(services);
        await using var other = await TestCar.AddAsync(services);
        await own.ReportAsync(TestCar.Quiet);

        await RefusedAsync(own, channel => PublishAsync(channel, BrokerNames.Reports, other.Address.ReportKey));
        await RefusedAsync(own, channel => PublishAsync(channel, BrokerNames.Reports, own.Address.ReportKey, other.Address.User), 406);
    }

    [BrokerFact]
    public async Task The_relay_may_not_read_a_cars_queue()
    {
        await using var car = await TestCar.AddAsync(services);
        var options = services.Options();
        await using var connection = await TestCar.OpenAsync(services, options.Broker.User, options.Broker.Password);
        await using var channel = await connection.CreateChannelAsync();
        var refused = await Assert.ThrowsAsync<OperationInterruptedException>(() => channel.BasicGetAsync(car.Address.BookingQueue, autoAck: false));
        Assert.Equal(AccessRefused, refused.ShutdownReason!.ReplyCode);
    }

    [BrokerFact]
    public async Task A_wrong_password_does_not_connect()
    {
        await using var car = await TestCar.AddAsync(services);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => TestCar.OpenAsync(services, car.Address.User, "another password"));
    }

    [BrokerFact]
    public async Task A_car_is_added_again_without_harm_and_removed_only_when_no_booking_waits()
    {
        var address = await services.AddCarAsync();
        await services.AddCarAsync(address);
        var options = services.Options();
        await using (var connection = await TestCar.OpenAsync(services, options.Broker.User, options.Broker.Password))
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            await PublishAsync(channel, BrokerNames.Bookings, address.RoutingKey);
        }

        Assert.Equal((65, "broker.sh: bookings wait for this car; take them back first, or FORCE=1"), await services.BrokerAsync("remove-car", address.Prefix, address.Car));
        await using (var car = await TestCar.AddAsync(services, address))
            Assert.NotNull(await car.Channel.BasicGetAsync(address.BookingQueue, autoAck: true));
        // The management API counts a message for some seconds after it went.
        await Eventually.TrueAsync(async () => (await services.BrokerAsync("remove-car", address.Prefix, address.Car)).Code == 0, "the car is removed");
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => TestCar.OpenAsync(services, address.User, Services.CarPassword));
    }

    [BrokerTheory]
    [InlineData("4taxi", "T1")]
    [InlineData("taxi", "T.1")]
    [InlineData("taxi", "T#")]
    [InlineData("taxi", "")]
    [InlineData("taxi", "ABCDEFGHIJKLMNO")]
    public async Task A_car_with_a_name_that_no_reference_has_is_not_added(string prefix, string car) =>
        Assert.Equal(64, (await services.BrokerAsync("add-car", prefix, car)).Code);

    private static async Task PublishAsync(IChannel channel, string exchange, string key, string? user = null)
    {
        var properties = new BasicProperties();
        if (user is not null)
            properties.UserId = user;
        await channel.BasicPublishAsync(exchange, key, mandatory: true, properties, Encoding.UTF8.GetBytes("{}"));
    }

    private static async Task RefusedAsync(TestCar car, Func<IChannel, Task> attempt, ushort code = AccessRefused)
    {
        await using var channel = await car.AnotherChannelAsync();
        var closed = new TaskCompletionSource<ushort>(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, why) =>
        {
            closed.TrySetResult(why.ReplyCode);
            return Task.CompletedTask;
        };
        try
        {
            await attempt(channel);
        }
        catch (Exception e) when (e is OperationInterruptedException or AlreadyClosedException)
        {
            // The broker's word is in how it closed the channel.
        }

        Assert.Equal(code, await closed.Task.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
