using RabbitMQ.Client;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Relay.Webhooks;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Relay.Tests.Webhooks;

/// <summary>What is genuine is in the right car's queue before it is answered; what is not never gets there.</summary>
[Collection(Fleet.Name)]
public sealed class WebhookTests(Services services) : IAsyncLifetime
{
    private RelayCopy? _relay;
    private TestCar? _car;
    private IConnection? _connection;
    private IChannel? _channel;

    public async Task InitializeAsync()
    {
        if (DebianPackages.Missing is not null)
            return;
        _relay = await RelayCopy.StartAsync(services);
        _car = await TestCar.AddAsync(services);
        var options = services.Options();
        _connection = await TestCar.OpenAsync(services, options.Broker.User, options.Broker.Password);
        _channel = await _connection.CreateChannelAsync();
        await WebhookChecks.DeadAsync(_channel);
    }

    public async Task DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        if (_car is not null)
            await _car.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }

    [BrokerFact]
    public async Task A_genuine_delivery_is_in_the_cars_queue_before_it_is_answered()
    {
        await using var other = await TestCar.AddAsync(services);
        var before = await _relay!.CountAsync("webhooks{result=\"taken\"}");

        await WebhookChecks.GenuineIsInTheQueueAsync(_relay.Http, _car!);

        Assert.Null(await other.HintAsync());
        Assert.Equal(before + 1, await _relay.CountAsync("webhooks{result=\"taken\"}"));
    }

    [BrokerFact]
    public async Task No_queue_gets_what_is_forged_altered_stale_unsigned_misdirected_or_too_large()
    {
        foreach (var wrong in WebhookChecks.Wrongs)
            await WebhookChecks.WrongIsRefusedAsync(_relay!.Http, _car!, _channel!, wrong);
    }

    [BrokerFact]
    public async Task No_queue_gets_one_with_a_header_twice()
    {
        Assert.Equal(200, await WebhookChecks.SendRawAsync(_relay!.Address, new Delivery(_car!.Reference())));
        Assert.NotNull(await _car.HintAsync());

        foreach (var header in (string[])["x-ms-date", "x-ms-content-sha256", "Authorization"])
        {
            Assert.InRange(await WebhookChecks.SendRawAsync(_relay.Address, new Delivery(_car.Reference()), "POST", header), 400, 499);
            Assert.Null(await _car.HintAsync());
        }
    }

    [BrokerFact]
    public async Task A_method_in_small_letters_is_another_method()
    {
        Assert.Equal(405, await WebhookChecks.SendRawAsync(_relay!.Address, new Delivery(_car!.Reference()), "post"));
        Assert.Null(await _car.HintAsync());
    }

    [BrokerFact]
    public async Task What_was_refused_is_counted_by_its_reason()
    {
        double[] before = [await CountAsync("forged"), await CountAsync("stale"), await CountAsync("malformed"), await CountAsync("too-large")];
        foreach (var wrong in (string[])["signed with another secret", "its body altered", "ten minutes old", "without a date", "too large"])
            await WebhookChecks.WrongIsRefusedAsync(_relay!.Http, _car!, _channel!, wrong);

        double[] after = [await CountAsync("forged"), await CountAsync("stale"), await CountAsync("malformed"), await CountAsync("too-large")];
        Assert.Equal([2, 1, 1, 1], after.Zip(before, (now, then) => now - then));
    }

    [BrokerFact]
    public async Task A_genuine_delivery_for_a_car_that_is_not_there_is_put_aside_and_counted()
    {
        var before = await CountAsync("unroutable");
        await WebhookChecks.UnroutableIsPutAsideAsync(_relay!.Http, _channel!, $"taxi-{services.NewAddress().Car}-1-abcdefgh-1");
        Assert.Equal(before + 1, await CountAsync("unroutable"));
    }

    [BrokerTheory]
    [InlineData("shop-order-4711")] // somebody else's way to name payments, at the same sales unit
    [InlineData("4711-T1-1-abcdefgh-1")]
    public async Task A_genuine_delivery_with_nobodys_reference_is_put_aside_and_counted(string reference)
    {
        var before = await CountAsync("nobodys");
        await WebhookChecks.UnroutableIsPutAsideAsync(_relay!.Http, _channel!, reference);
        Assert.Equal(before + 1, await CountAsync("nobodys"));
    }

    [BrokerFact]
    public async Task Genuine_and_unreadable_is_put_aside_too_for_it_would_hold_up_all_behind_it()
    {
        Assert.Equal(200, (await new Delivery("") { Instead = "{\"hello\": 1}" }.SendAsync(_relay!.Http)).Status);
        Assert.Equal(["{\"hello\": 1}"], await WebhookChecks.DeadAsync(_channel!));
    }

    [BrokerFact]
    public async Task Two_secrets_are_active_during_a_rotation_and_an_old_one_ends_without_a_restart()
    {
        var directory = _relay!.Options.Webhooks.SecretsDirectory;
        var old = SecretFiles.Ids(directory).Single();
        SecretFiles.Write(directory, Guid.NewGuid(), "the new secret");
        await Eventually.TrueAsync(async () => (await new Delivery(_car!.Reference()) { Secret = "the new secret" }.SendAsync(_relay.Http)).Status == 200, "the new secret is active");
        Assert.Equal(200, (await new Delivery(_car!.Reference()).SendAsync(_relay.Http)).Status);

        Assert.True(SecretFiles.Remove(directory, old));
        await Eventually.TrueAsync(async () => (await new Delivery(_car.Reference()).SendAsync(_relay.Http)).Status == 401, "the old secret has ended");
        Assert.Equal(200, (await new Delivery(_car.Reference()) { Secret = "the new secret" }.SendAsync(_relay.Http)).Status);
    }

    [BrokerFact]
    public async Task More_secrets_than_one_verifier_takes_are_all_active()
    {
        var directory = services.PathOf("secrets");
        for (var i = 0; i < 20; i++)
            SecretFiles.Write(directory, Guid.NewGuid(), $"secret {i}");
        await using var relay = await RelayCopy.StartAsync(services, options => options.Webhooks.SecretsDirectory = directory);
        for (var i = 0; i < 20; i++)
            Assert.Equal(200, (await new Delivery(_car!.Reference()) { Secret = $"secret {i}" }.SendAsync(relay.Http)).Status);
        Assert.Equal(401, (await new Delivery(_car!.Reference()) { Secret = "secret 20" }.SendAsync(relay.Http)).Status);
    }

    [BrokerFact]
    public async Task Without_a_secret_nothing_is_genuine()
    {
        await using var relay = await RelayCopy.StartAsync(services, options => Directory.CreateDirectory(options.Webhooks.SecretsDirectory));
        Assert.Equal(401, (await new Delivery(_car!.Reference()).SendAsync(relay.Http)).Status);
        Assert.Equal(401, (await new Delivery(_car.Reference()) { Secret = "" }.SendAsync(relay.Http)).Status);
        Assert.Null(await _car.HintAsync());
    }

    [BrokerFact]
    public async Task A_full_queue_of_hints_drops_the_oldest_and_takes_the_newest()
    {
        const int Room = 200; // as in definitions.json
        for (var i = 1; i <= Room + 3; i++)
            Assert.Equal(200, (await new Delivery(_car!.Reference($"{i}")).SendAsync(_relay!.Http)).Status);

        var hints = new List<string>();
        while (await _car!.HintAsync() is { } hint)
            hints.Add(hint.Reference);
        Assert.Equal(Enumerable.Range(4, Room).Select(i => _car.Reference($"{i}")), hints);
    }

    private Task<double> CountAsync(string result) => _relay!.CountAsync($"webhooks{{result=\"{result}\"}}");
}
