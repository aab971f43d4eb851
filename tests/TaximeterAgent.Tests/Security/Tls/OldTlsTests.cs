using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Diagnostics.Network;

namespace TaximeterAgent.Tests.Security.Tls;

/// <summary>
/// Payment service, relay and collector that speak an old TLS only, and a board whose OpenSSL would take that: the agent does not, and says why. The same server with TLS 1.2 is
/// spoken to, and a client that takes anything speaks to the old one too: it is the agent that refuses.
/// </summary>
public sealed class OldTlsTests : IDisposable
{
    private readonly X509Certificate2 _authority = TestCertificates.Authority();
    private readonly X509Certificate2 _certificate;

    public OldTlsTests() => _certificate = TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));

    public void Dispose()
    {
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Theory]
    [InlineData("tls1")]
    [InlineData("tls1_1")]
    public async Task Nothing_is_sent_over_it_and_it_is_said(string version)
    {
        using var server = new OldServer(version, _certificate);
        await server.ReadyAsync();
        Assert.True(await server.IsSpokenToAsync(), server.Said);
        await using var world = await CarAsync(server);

        await AskForPaymentAsync(world);
        await world.WaitAsync(() => Why(world, "relay").Contains("nothing older than TLS 1.2 is taken", StringComparison.Ordinal), "the relay's trouble");
        await world.WaitAsync(() => Why(world, "telemetry").StartsWith("no TLS: ", StringComparison.Ordinal), "the collector's trouble");
        await world.WaitAsync(() => Failures(server) >= 3, "three handshakes that failed");
        var (code, told) = await NetworkTestAsync(world);

        Assert.Equal(69, code);
        Assert.Contains("does not speak TLS 1.2 or newer", told, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1", server.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("AMQP", server.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_server_with_TLS_1_2_is_spoken_to()
    {
        using var server = new OldServer("tls1_2", _certificate);
        await server.ReadyAsync();
        await using var world = await CarAsync(server);

        await AskForPaymentAsync(world);
        await world.WaitAsync(() => server.Said.Contains("POST /accesstoken/get HTTP/1.1", StringComparison.Ordinal), "a call of the payment client");
        await world.WaitAsync(() => server.Said.Contains("AMQP", StringComparison.Ordinal), "the relay's greeting");
        await world.WaitAsync(() => server.Said.Contains("POST /v1/metrics HTTP/1.1", StringComparison.Ordinal), "metrics");
        Assert.Equal(0, Failures(server));
    }

    private async Task<World> CarAsync(OldServer server)
    {
        var options = new WorldOptions { Name = "old-tls", AgentCommand = AgentCommand.BuiltWithUs() };
        var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, null);
        var authority = Path.Combine(world.Places.Root, "ca.pem");
        File.WriteAllText(authority, _authority.ExportCertificatePem());
        world.Reconfigure(root =>
        {
            root["EPayment"]!["BaseUrl"] = $"https://localhost:{server.Port}";
            root["EPayment"]!["CertificateAuthorities"] = authority;
            root["Relay"] = new JsonObject { ["Uri"] = $"amqps://localhost:{server.Port}/taxi", ["Password"] = "some-password", ["CaFile"] = authority, ["ReconnectFirst"] = "00:00:00.200", ["ReconnectMost"] = "00:00:00.200" };
            root["Telemetry"] = new JsonObject { ["Otlp"] = new JsonObject { ["Endpoint"] = $"https://localhost:{server.Port}", ["Interval"] = "00:00:00.500" } };
        });
        world.AgentEnvironment["OPENSSL_CONF"] = server.Anything;
        world.AgentEnvironment["SSL_CERT_FILE"] = authority;
        await world.SwitchOnAsync();
        return world;
    }

    private static async Task AskForPaymentAsync(World world)
    {
        await world.DriveAsync();
        world.Meter.Finish(Ride.BegunHere(world.NewTrip() with { Phone = world.NewCustomer().National }));
    }

    // A failed handshake is an error of OpenSSL's; so is a connection that goes without a word, as that of whoever looks whether it is there.
    private static int Failures(OldServer server) =>
        server.Said.Split('\n').Count(line => line.Contains(":SSL routines:", StringComparison.Ordinal) && !line.Contains("unexpected eof", StringComparison.Ordinal));

    private static string Why(World world, string part)
    {
        using var client = new SocketClient(world.Places.ControlSocket);
        var status = client.GetAsync("/v1/status").GetAwaiter().GetResult().Body;
        return status.TryGetProperty(part, out var found) && found.TryGetProperty("why", out var why) ? why.GetString()! : "";
    }

    private static async Task<(int Code, string Output)> NetworkTestAsync(World world)
    {
        using var test = Cli.AgentProcess.Start(["network", "test", "--json", "--config", world.Places.Configuration], world.AgentEnvironment);
        var (code, output, _) = await test.EndAsync();
        return (code, output);
    }
}
