using System.Buffers;
using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using TaximeterAgent.Benchmarks.Fleet;
using TaximeterAgent.Core.Fleet;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>
/// The least that a relay can do: an endpoint that reads the body and publishes it with confirms, through the same exchange to the same queues, over one connection
/// with as many channels. It verifies nothing, parses nothing, counts nothing and remembers nothing; the car is simply the next one.
/// </summary>
internal static class RelayLimit
{
    /// <param name="arguments">The port to listen on, how many channels, how many cars.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var numbers = arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToList();
        var (port, cars) = (numbers[0], numbers[2]);
        await using var connection = await RelayConnection.OpenAsync(Told(), stop);
        var channels = new IChannel[numbers[1]];
        for (var i = 0; i < channels.Length; i++)
            channels[i] = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), stop);
        string[] keys = [.. Enumerable.Range(0, cars).Select(number => FleetCars.Address(number).RoutingKey)];

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var web = builder.Build();
        var next = 0;
        web.Run(async context =>
        {
            var buffer = ArrayPool<byte>.Shared.Rent((int)context.Request.ContentLength!.Value);
            var body = buffer.AsMemory(0, (int)context.Request.ContentLength.Value);
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            var number = (uint)Interlocked.Increment(ref next);
            await channels[number % channels.Length].BasicPublishAsync(
                BrokerNames.Hints, keys[number % keys.Length], mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent }, body, context.RequestAborted);
            ArrayPool<byte>.Shared.Return(buffer);
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
        await web.StartAsync(stop);
        await web.WaitForShutdownAsync(stop);
    }

    // The same environment as the relay's.
    private static Dictionary<string, string> Told() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);
}
