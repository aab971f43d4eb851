using System.Net.Sockets;
using System.Text;
using RabbitMQ.Client;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Webhooks;

/// <summary>What must hold of a receiver of deliveries, whoever it is: asked of the relay, and of a careless one to see that the questions find it.</summary>
internal static class WebhookChecks
{
    /// <summary>Deliveries that must not get through, by what is wrong with them.</summary>
    public static IEnumerable<string> Wrongs => s_wrongs.Keys;

    private static readonly Dictionary<string, Func<Delivery, Delivery>> s_wrongs = new()
    {
        ["signed with another secret"] = good => good with { Secret = "not the secret" },
        ["its body altered"] = good => good with { Sent = good.Body.Replace("34500", "34501", StringComparison.Ordinal) },
        ["one letter of its body altered to another spelling of the same"] = good => good with { Sent = good.Body + " " },
        ["ten minutes old"] = good => good with { Off = TimeSpan.FromMinutes(-10) },
        ["ten minutes ahead"] = good => good with { Off = TimeSpan.FromMinutes(10) },
        ["without a signature"] = good => good with { Without = "Authorization" },
        ["without a date"] = good => good with { Without = "x-ms-date" },
        ["without a hash"] = good => good with { Without = "x-ms-content-sha256" },
        ["signed for another path"] = good => good with { SignedPath = "/webhooks/other" },
        ["sent to a path that was not signed"] = good => good with { Path = "/webhooks/vipps?x=1" },
        ["sent to a path that is not there"] = good => good with { Path = "/webhooks/vipps/x", SignedPath = "/webhooks/vipps/x" },
        ["put instead of posted"] = good => good with { Method = HttpMethod.Put },
        ["too large"] = good => good with { Instead = good.Body.Replace("\"p-1\"", $"\"{new string('p', 20_000)}\"", StringComparison.Ordinal) },
        ["far too large"] = good => good with { Instead = good.Body.Replace("\"p-1\"", $"\"{new string('p', 200_000)}\"", StringComparison.Ordinal) },
    };

    /// <summary>A genuine delivery is in the car's queue when the 200 comes.</summary>
    public static async Task GenuineIsInTheQueueAsync(HttpClient http, TestCar car)
    {
        Assert.Equal(200, (await new Delivery(car.Reference()).SendAsync(http)).Status);
        var hint = await car.HintAsync();
        Assert.NotNull(hint);
        Assert.Equal((car.Reference(), "AUTHORIZED"), (hint.Reference, hint.Event));
    }

    /// <summary>A wrong one is refused, and is in no queue.</summary>
    public static async Task WrongIsRefusedAsync(HttpClient http, TestCar car, IChannel relay, string wrong)
    {
        var status = (await s_wrongs[wrong](new Delivery(car.Reference())).SendAsync(http)).Status;
        Assert.True(status is >= 400 and <= 499, $"What is {wrong} was answered {status}.");
        Assert.True(await car.HintAsync() is null, $"What is {wrong} is in the car's queue.");
        Assert.Empty(await DeadAsync(relay));
    }

    /// <summary>A genuine one for a car that does not exist is a 200, put aside and counted.</summary>
    public static async Task UnroutableIsPutAsideAsync(HttpClient http, IChannel relay, string reference)
    {
        Assert.Equal(200, (await new Delivery(reference).SendAsync(http)).Status);
        Assert.Contains(await DeadAsync(relay), body => body.Contains(reference, StringComparison.Ordinal));
    }

    /// <summary>Takes all that was put aside.</summary>
    public static async Task<IReadOnlyList<string>> DeadAsync(IChannel relay)
    {
        var dead = new List<string>();
        while (await relay.BasicGetAsync(BrokerNames.Dead, autoAck: true) is { } got)
            dead.Add(Encoding.UTF8.GetString(got.Body.Span));
        return dead;
    }

    /// <summary>Sends a request as it stands: what no client would send. The status.</summary>
    public static async Task<int> SendRawAsync(Uri address, Delivery delivery, string method = "POST", params string[] twice)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        var body = Encoding.UTF8.GetBytes(delivery.Body);
        var head = new StringBuilder($"{method} {delivery.Path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        foreach (var (name, value) in delivery.Headers(address.Authority))
        {
            for (var i = 0; i < (twice.Contains(name) ? 2 : 1); i++)
                head.Append($"{name}: {value}\r\n");
        }

        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()).Concat(body).ToArray());
        using var answer = new StreamReader(connection.GetStream());
        var line = await answer.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
