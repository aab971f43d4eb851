using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Webhooks;

/// <summary>A receiver that does what the relay must not: takes everything for genuine, publishes without asking whether anybody wants it, answers before it publishes.</summary>
internal sealed class CarelessReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly IConnection _connection;

    private CarelessReceiver(WebApplication web, IConnection connection)
    {
        _web = web;
        _connection = connection;
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <param name="services">Where the broker is.</param>
    /// <param name="forgets">True: it answers and publishes nothing at all.</param>
    public static async Task<CarelessReceiver> StartAsync(Services services, bool forgets = false)
    {
        var options = services.Options();
        var connection = await TestCar.OpenAsync(services, options.Broker.User, options.Broker.Password);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var web = builder.Build();
        web.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var reference = JsonNode.Parse(await reader.ReadToEndAsync())!["reference"]!.GetValue<string>();
            if (!forgets && CarAddress.TryOfReference(reference, out var car))
            {
                var hint = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new PaymentHint(reference, "AUTHORIZED", DateTimeOffset.UtcNow), FleetJson.Default.PaymentHint);
                await channel.BasicPublishAsync(BrokerNames.Hints, car.RoutingKey, mandatory: false, new BasicProperties(), hint);
            }

            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await web.StartAsync();
        var receiver = new CarelessReceiver(web, connection);
        receiver.Http.BaseAddress = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _web.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
