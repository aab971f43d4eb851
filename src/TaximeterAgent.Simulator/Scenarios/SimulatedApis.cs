using System.Net;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The four APIs of one world, and what can be read from them: the only thing that a scenario believes about money.</summary>
internal sealed class SimulatedApis : IAsyncDisposable
{
    private readonly KestrelCarrier _carrier;

    private SimulatedApis(VippsServer server, ScriptedCustomers customers, WireTrace wire, KestrelCarrier carrier)
    {
        Server = server;
        Wire = wire;
        Customers = customers;
        _carrier = carrier;
    }

    /// <summary>The server itself: faults, customers who act now.</summary>
    public VippsServer Server { get; }

    /// <summary>What the customers will do; whoever is not mentioned approves.</summary>
    public ScriptedCustomers Customers { get; }

    /// <summary>What was asked so far.</summary>
    public WireTrace Wire { get; }

    public IPEndPoint EndPoint => _carrier.EndPoint;

    public ApiCredentials Credentials { get; } = new(ServerDefaults.Msn, ServerDefaults.ClientId, ServerDefaults.ClientSecret, ServerDefaults.SubscriptionKey);

    /// <summary>What became of each delivery of a webhook: its event's reference and name are in the body.</summary>
    public DeliveryTrace Deliveries { get; private init; } = new();

    /// <param name="trusted">Who signs the certificates of the addresses to which webhooks are delivered; null where these have none.</param>
    public static async Task<SimulatedApis> StartAsync(WorldOptions options, Transcript transcript, TimeProvider time, WireLog? wire, Authority? trusted = null)
    {
        Pace pace = options.Pace;
        var customers = new ScriptedCustomers { Otherwise = CustomerPlan.Approves(pace.CustomerThinks) };
        var told = new ServerTranscript(transcript);
        var trace = new WireTrace();
        var deliveries = new DeliveryTrace();
        var server = new VippsServer(time, Options(options), customers)
        {
            Wire = entry =>
            {
                told.Take(entry);
                trace.Take(entry);
                wire?.Write(options.Name, entry);
            },
            PaymentNoted = told.Take,
            ViolationFound = told.Take,
            DeliveryAnswered = (delivery, status) =>
            {
                told.Take(delivery, status);
                deliveries.Take(delivery, status);
            },
        };
        return new SimulatedApis(server, customers, trace, await KestrelCarrier.StartAsync(server, time, deliveries: trusted?.Handler(), options: options.Carrier)) { Deliveries = deliveries };
    }

    /// <summary>The payments as the judge reads them.</summary>
    public IReadOnlyList<PaymentFacts> Payments() => [.. Server.Payments().Select(Facts)];

    public JsonArray LedgerOfPayments() => Server.LedgerOfPayments();

    public ValueTask DisposeAsync() => _carrier.DisposeAsync();

    private static ServerOptions Options(WorldOptions options)
    {
        var server = new ServerOptions
        {
            PaymentLifetime = options.Pace.PaymentLifetime,
            RateWindow = options.Pace.RateWindow,
            WebhookRetries = options.Pace.WebhookRetries,
            Seed = options.Seed,
        };
        if (options.TokenLength is { } length)
            server = server with { TokenLength = length };
        // The agent counts a token's life by the clock on which these years do not pass.
        if (options.Calendar is not null)
            server = server with { TokenLife = TimeSpan.FromDays(20 * 365) };
        if (options.MostPayments is { } most)
            server = server with { MostPayments = most };
        return options.SalesUnits is { } units ? server with { SalesUnits = units } : server;
    }

    private static PaymentFacts Facts(LedgerPayment payment) => new()
    {
        Reference = payment.Reference,
        Msn = payment.Msn,
        PhoneNumber = payment.PhoneNumber,
        Currency = payment.Currency,
        Amount = payment.Amount,
        State = payment.State,
        Authorized = payment.Authorized,
        Captured = payment.Captured,
        Cancelled = payment.Cancelled,
        Refunded = payment.Refunded,
        CustomerInteraction = payment.CustomerInteraction,
        UserFlow = payment.UserFlow,
        RedirectUrl = payment.RedirectUrl,
        Metadata = payment.Metadata,
        ReceiptTotal = payment.ReceiptTotal,
        Events = [.. payment.Events.Select(one => new PaymentEventFacts(one.Name, one.Amount, one.At, one.IdempotencyKey, one.Success))],
    };
}
