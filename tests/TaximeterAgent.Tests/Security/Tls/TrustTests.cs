using System.Net;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Tests.Diagnostics.Network;
using TaximeterAgent.Tests.Support;
using TaximeterAgent.Tests.Telemetry;

namespace TaximeterAgent.Tests.Security.Tls;

/// <summary>A real agent and the payment service behind TLS, while certificates, authorities and addresses change: it pays where it should, and where it should not nothing is sent.</summary>
public sealed class TrustTests : IDisposable
{
    private const string Name = "pay.taxi.test";

    private readonly X509Certificate2 _authority = TestCertificates.Authority();
    private readonly X509Certificate2 _other = TestCertificates.Authority("Another Authority");

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Only_the_authorities_of_the_file_are_trusted_and_it_may_be_replaced_while_the_agent_runs()
    {
        await using var world = await WorldAsync();
        using var certificate = Good();
        await using var site = TestSite.Fronts(world.Apis.EndPoint, certificate);
        Write(world, _other);
        PayAt(world, $"https://localhost:{site.Port}");
        // The system would take the server for the right one.
        world.AgentEnvironment["SSL_CERT_FILE"] = Save(world, "system.pem", _authority);
        await world.SwitchOnAsync();

        var fare = await FinishAsync(world);
        await world.WaitAsync(() => site.Connections >= 2, "connections that are given up");
        Assert.Empty(world.Apis.Wire.All);
        Assert.Contains("none of those in", (await NetworkTestAsync(world)).Output, StringComparison.Ordinal);

        Write(world, _other, _authority);
        await world.WaitForPaidAsync(fare);
        Assert.Equal(0, (await NetworkTestAsync(world)).Code);
    }

    [Fact]
    public async Task A_file_that_goes_away_while_the_agent_runs_lets_nothing_be_sent_and_is_told()
    {
        await using var world = await WorldAsync();
        using var certificate = Good();
        await using var site = TestSite.Fronts(world.Apis.EndPoint, certificate);
        Write(world, _authority);
        PayAt(world, $"https://localhost:{site.Port}");
        await world.SwitchOnAsync();
        File.Delete(Authorities(world));

        var fare = await FinishAsync(world);
        await world.WaitAsync(() => site.Connections >= 2, "connections that are given up");
        Assert.Empty(world.Apis.Wire.All);
        Assert.Contains("cannot be read", (await CommandAsync(world, "config", "check")).Error, StringComparison.Ordinal);

        Write(world, _authority);
        await world.WaitForPaidAsync(fare);
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_is_taken_and_one_that_has_expired_is_not()
    {
        await using var world = await WorldAsync();
        using var certificate = Good();
        using var expired = TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(-60), TimeSpan.FromDays(-30));
        using var renewed = Good();
        await using var site = TestSite.Fronts(world.Apis.EndPoint, certificate);
        Write(world, _authority);
        PayAt(world, $"https://localhost:{site.Port}");
        await world.SwitchOnAsync();
        await PaidRide.DriveAsync(world, world.NewCustomer());

        site.Show(expired);
        // What goes over the old connection ends with it.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (calls, connections) = (world.Apis.Wire.All.Count, site.Connections);
        var fare = await FinishAsync(world);
        await world.WaitAsync(() => site.Connections >= connections + 2, "connections that are given up");
        Assert.Equal(calls, world.Apis.Wire.All.Count);
        Assert.Contains("\"expired\"", (await NetworkTestAsync(world)).Output, StringComparison.Ordinal);

        site.Show(renewed);
        await world.WaitForPaidAsync(fare);
    }

    [RootFact]
    public async Task A_name_that_leads_elsewhere_is_followed_and_one_that_is_gone_is_told()
    {
        using var files = new TestFiles();
        var (hosts, resolver) = (files.Path("hosts"), files.Path("resolv.conf"));
        File.WriteAllText(hosts, $"127.0.0.1 localhost\n127.0.0.1 {Name}\n");
        // Nobody answers there, at once.
        File.WriteAllText(resolver, "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n");
        string[] inside = ["unshare", "--mount", "--propagation", "private", "sh", "-c", $"mount --bind {hosts} /etc/hosts && mount --bind {resolver} $(readlink -f /etc/resolv.conf) && exec \"$@\"", "sh"];
        await using var world = await WorldAsync([.. inside, .. AgentCommand.BuiltWithUs()]);
        using var certificate = TestCertificates.Leaf(_authority, Name, TimeSpan.FromDays(-1), TimeSpan.FromDays(30));
        await using var before = TestSite.Fronts(world.Apis.EndPoint, certificate);
        await using var after = TestSite.Fronts(world.Apis.EndPoint, certificate, new IPEndPoint(IPAddress.Parse("127.0.0.2"), before.Port));
        Write(world, _authority);
        PayAt(world, $"https://{Name}:{before.Port}");
        // For all that the configuration knows it is the real service.
        world.Reconfigure(root => (root["EPayment"]!["PaymentLifetime"], root["EPayment"]!["CertaintyMargin"], root["EPayment"]!["RateWindow"], root["EPayment"]!["PollEvery"]) =
            ("00:10:00", "00:00:10", "00:01:00", "00:00:00.500"));
        await world.SwitchOnAsync();
        await PaidRide.DriveAsync(world, world.NewCustomer());
        Assert.True(before.Connections > 0 && after.Connections == 0);

        // The old address still answers, and is left all the same once its connections have had their time.
        File.WriteAllText(hosts, $"127.0.0.1 localhost\n127.0.0.2 {Name}\n");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var then = before.Connections;
        await PaidRide.DriveAsync(world, world.NewCustomer());
        Assert.True(after.Connections > 0);
        Assert.Equal(then, before.Connections);

        File.WriteAllText(hosts, "127.0.0.1 localhost\n");
        await Task.Delay(TimeSpan.FromSeconds(2));
        var calls = world.Apis.Wire.All.Count;
        var fare = await FinishAsync(world);
        await Ride.WaitForAsync(world, Ride.NoNetworkYet);
        Assert.Equal(calls, world.Apis.Wire.All.Count);
        using (var test = Cli.AgentProcess.StartCommand(inside[0], [.. inside[1..], .. AgentCommand.BuiltWithUs(), "network", "test", "--json", "--config", world.Places.Configuration]))
            Assert.Contains("\"broken\":\"dns\"", (await test.EndAsync()).Output, StringComparison.Ordinal);

        File.WriteAllText(hosts, $"127.0.0.1 localhost\n127.0.0.2 {Name}\n");
        await world.WaitForPaidAsync(fare);
    }

    private X509Certificate2 Good() => TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));

    private static Task<World> WorldAsync(IReadOnlyList<string>? command = null) => World.CreateAsync(
        new WorldOptions { Name = "trust", AgentCommand = command ?? AgentCommand.BuiltWithUs() }, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, null);

    private static void PayAt(World world, string service) => world.Reconfigure(root =>
    {
        root["EPayment"]!["BaseUrl"] = service;
        root["EPayment"]!["CertificateAuthorities"] = Authorities(world);
        root["EPayment"]!["ConnectionLifetime"] = "00:00:01";
        // However slow this machine is, the fare is still to be asked for once the network is back.
        root["Policy"]!["OfflineMaxAge"] = "00:15:00";
    });

    private static string Authorities(World world) => Path.Combine(world.Places.Root, "ca.pem");

    // As a file is to be replaced: whole, by its name.
    private static void Write(World world, params X509Certificate2[] authorities)
    {
        File.WriteAllText(Authorities(world) + ".new", string.Join('\n', authorities.Select(authority => authority.ExportCertificatePem())));
        File.Move(Authorities(world) + ".new", Authorities(world), overwrite: true);
    }

    private static string Save(World world, string name, X509Certificate2 authority)
    {
        var file = Path.Combine(world.Places.Root, name);
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }

    private static async Task<TripFare> FinishAsync(World world)
    {
        await world.DriveAsync();
        var fare = Ride.BegunHere(world.NewTrip() with { Phone = world.NewCustomer().National });
        world.Meter.Finish(fare);
        await world.WaitForAcknowledgedAsync(fare);
        return fare;
    }

    private static async Task<(int Code, string Output)> NetworkTestAsync(World world)
    {
        var (code, output, _) = await CommandAsync(world, "network", "test", "--json");
        return (code, output);
    }

    private static async Task<(int ExitCode, string Output, string Error)> CommandAsync(World world, params string[] words)
    {
        using var command = Cli.AgentProcess.Start([.. words, "--config", world.Places.Configuration], world.AgentEnvironment);
        return await command.EndAsync();
    }
}
