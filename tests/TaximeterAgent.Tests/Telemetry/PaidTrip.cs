using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Control;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>
/// A real agent in a car with all that it can have but a fleet, after a delivery that was forged and two trips that were paid, the first so soon after the start
/// that nobody listened yet: what its metrics say, and what happened outside of it.
/// </summary>
public sealed class PaidTrip : IAsyncLifetime
{
    private World? _world;

    internal World World => _world ?? throw new InvalidOperationException("Not begun.");

    /// <summary>What it answered.</summary>
    internal Exposition Read { get; private set; } = null!;

    internal string Text { get; private set; } = "";

    internal string ContentType { get; private set; } = "";

    /// <summary>What was captured, by the service's ledger.</summary>
    internal long Captured { get; private set; }

    /// <summary>Customers' numbers, trips and payments, which no label may hold.</summary>
    internal IReadOnlyList<string> Private { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var options = new WorldOptions { Name = "metrics", AgentCommand = AgentCommand.BuiltWithUs(), OwnWebhooks = true, Ignition = true, Printer = true };
        _world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, wire: null);
        var webhook = await WebhookRegistration.MakeAsync(World, "authorized", "captured");
        var customer = World.NewCustomer();
        await World.SwitchOnAsync();
        using var client = new SocketClient(World.Places.ControlSocket);
        var first = await PaidRide.DriveAsync(World, customer);
        _ = await client.TextAsync("/metrics");
        _ = await webhook.SendAsync("{}", bare: true);
        var second = await PaidRide.DriveAsync(World, customer);
        Captured = World.Apis.Server.Payments().Sum(payment => payment.Captured);
        (_, ContentType, Text) = await client.TextAsync("/metrics");
        Read = Exposition.Read(Text);
        Private = [customer.National, first.Key.Trip, second.Key.Trip, .. World.Apis.Server.Payments().Select(payment => payment.Reference), World.Apis.Credentials.ClientSecret];
    }

    public async Task DisposeAsync()
    {
        if (_world is not null)
            await _world.DisposeAsync();
    }
}
