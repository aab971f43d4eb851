using System.Net;
using System.Net.Sockets;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Network;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Diagnostics.Network;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>The way to the payment service with one fault in the world at a time. Nothing here depends on how fast anything is.</summary>
public sealed class NetworkTestTests : IDisposable
{
    private const string Page = "<html><body>Welcome to the harbour's free network</body></html>";

    private readonly TestConfiguration _configuration = new();
    private readonly List<string> _waited = [];

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public async Task A_service_that_is_well_is_reached_and_takes_the_keys()
    {
        var server = new VippsServer(TimeProvider.System);
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        Service(carrier.BaseAddress);

        var found = await RunAsync();

        Assert.True(found.Passed);
        Assert.Null(found.Broken);
        Assert.Equal(["skipped", "skipped", "skipped", "skipped", "skipped", "ok", "skipped", "ok", "ok", "ok"], found.Steps.Select(step => step.State));
        Assert.Equal(["modem", "link", "address", "route", "dns", "tcp", "tls", "clock", "token", "epayment"], found.Steps.Select(step => step.Step));
        Assert.Equal("http:// to this machine: there is no TLS", Step(found, "tls").Text);
        Assert.Equal(404, Step(found, "epayment").HttpStatus);
        Assert.Empty(server.Payments());
        Assert.Empty(server.Violations);
        Assert.Equal(ExitCode.Ok, NetworkCommand.CodeOf(found));
    }

    [Fact]
    public async Task Keys_that_are_wrong_are_named_and_none_is_shown()
    {
        var server = new VippsServer(TimeProvider.System);
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        Service(carrier.BaseAddress);
        _configuration.With("EPayment:ClientSecret", "\"a-secret-that-is-wrong\"");

        var found = await RunAsync();

        Broken(found, "token", "does not take the keys");
        Assert.Equal(401, Step(found, "token").HttpStatus);
        Assert.Equal(("skipped", "token is broken"), (Step(found, "epayment").State, Step(found, "epayment").Text));
        Assert.Equal(ExitCode.NotPossible, NetworkCommand.CodeOf(found));
        Assert.DoesNotContain("a-secret-that-is-wrong", string.Concat(found.Steps), StringComparison.Ordinal);
        Assert.DoesNotContain(ServerDefaults.ClientId, string.Concat(found.Steps), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_all_but_the_keys_is_tested()
    {
        await using var carrier = await KestrelCarrier.StartAsync(new VippsServer(TimeProvider.System), TimeProvider.System);
        Service(carrier.BaseAddress);
        _configuration.With("EPayment:ClientSecret", null);

        var found = await RunAsync();

        Broken(found, "token", "a key is missing");
        Assert.Equal(("ok", "ok"), (Step(found, "tcp").State, Step(found, "clock").State));
    }

    [Fact]
    public async Task A_service_that_fails_itself_is_told_from_a_network_that_does()
    {
        var server = new VippsServer(TimeProvider.System);
        server.Faults.Add(Operation.Get, new FaultAction.Refuse(503), times: 9);
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        Service(carrier.BaseAddress);

        var found = await RunAsync();

        Broken(found, "epayment", "the service is reached and fails itself");
        Assert.Equal(503, Step(found, "epayment").HttpStatus);
    }

    [Fact]
    public async Task A_port_that_refuses_is_said_for_IPv4_and_IPv6()
    {
        var port = FreePort();
        Service(new Uri($"http://localhost:{port}"));

        var found = await RunAsync();

        Broken(found, "tcp", $"refuses port {port}");
        Assert.All(Step(found, "tcp").Addresses!, address => Assert.Equal("refused", address.Error));
        Assert.Contains(Step(found, "tcp").Addresses!, address => address is { Family: "ipv4", Address: "127.0.0.1" });
        Assert.All(found.Steps.Skip(6), step => Assert.Equal("skipped", step.State));
        Assert.Equal(ExitCode.Unavailable, NetworkCommand.CodeOf(found));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_a_broken_name()
    {
        _configuration.With("EPayment:BaseUrl", "\"https://no-such-service.invalid\"");
        using var kernel = TestKernel.Well();

        var found = await RunAsync(TimeSpan.FromSeconds(5), kernel);

        // Where the test's own machine has no name server that answers, that is what is said; the step is the same.
        Broken(found, "dns", "name server");
        Assert.Equal(["ok", "ok", "ok"], found.Steps.Skip(1).Take(3).Select(step => step.State));
        Assert.Contains("10.64.0.1", Step(found, "dns").Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_whose_modem_has_failed_and_that_has_no_other_way_out_has_no_link_for_that()
    {
        _configuration.With("EPayment:BaseUrl", "\"https://no-such-service.invalid\"");
        using var kernel = new TestKernel().Interface("eth0", "0x1002", "down", null);
        var program = FakeModemProgram.Write(Path.Combine(Path.GetDirectoryName(_configuration.File)!, "mmcli"), """
            case "$2" in
            -L) echo '{"modem-list":["/org/freedesktop/ModemManager1/Modem/3"]}' ;;
            *) echo '{"modem":{"generic":{"model":"EM7455","state":"locked","unlock-required":"sim-pin"}}}' ;;
            esac
            """);

        var found = await RunAsync(TimeSpan.FromSeconds(30), kernel, program);

        Assert.Equal("modem", found.Broken);
        Assert.Equal(("broken", "modem"), (Step(found, "link").State, Step(found, "link").Because));
        Assert.Equal("link is broken", Step(found, "dns").Text);
    }

    [Fact]
    public async Task A_socket_that_never_answers_TLS_is_waited_for_so_long_and_said_what_for()
    {
        await using var site = TestSite.Silent();
        Service(new Uri($"https://127.0.0.1:{site.Port}"));

        var found = await RunAsync(TimeSpan.FromSeconds(3));

        Broken(found, "tls", "TLS is not answered");
        Assert.Contains(_waited, what => what.StartsWith("the payment service's certificate, at most 3 s", StringComparison.Ordinal));
        Assert.Equal("skipped", Step(found, "clock").State);
    }

    [Fact]
    public async Task A_server_without_TLS_in_the_service_s_place_is_a_portal()
    {
        await using var site = TestSite.Says($"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n{Page}");
        Service(new Uri($"https://127.0.0.1:{site.Port}"));

        Broken(await RunAsync(), "tls", "does not speak TLS");
    }

    [Fact]
    public async Task A_certificate_that_vouches_for_itself_is_named_so()
    {
        using var certificate = TestCertificates.SelfSigned("localhost");
        await using var site = TestSite.Answers("200 OK", Now(), "", certificate);
        Service(new Uri($"https://localhost:{site.Port}"));

        var found = await RunAsync();

        Broken(found, "tls", "vouches for itself");
        Assert.Equal(["self-signed"], Step(found, "tls").Certificate!.Problems);
        // Nothing was sent to whoever that is but a greeting.
        Assert.Equal("skipped", Step(found, "token").State);
    }

    [Fact]
    public async Task A_connection_that_is_intercepted_shows_who_signs_there()
    {
        using var authority = TestCertificates.Authority("Harbour Filter");
        using var certificate = TestCertificates.Leaf(authority, "localhost", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));
        await using var site = TestSite.Answers("200 OK", Now(), "", certificate);
        Service(new Uri($"https://localhost:{site.Port}"));

        var found = await RunAsync();

        Broken(found, "tls", "does not trust the issuer CN=Harbour Filter");
        var shown = Step(found, "tls").Certificate!;
        Assert.Equal(("CN=localhost", "CN=Harbour Filter"), (shown.Subject, shown.Issuer));
        Assert.Null(Step(found, "tls").Because);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_named_so()
    {
        using var certificate = TestCertificates.SelfSigned("login.harbour.example");
        await using var site = TestSite.Answers("200 OK", Now(), "", certificate);
        Service(new Uri($"https://localhost:{site.Port}"));

        var found = await RunAsync();

        Broken(found, "tls", "is not for localhost");
        Assert.Contains("wrong-name", Step(found, "tls").Certificate!.Problems);
    }

    [Fact]
    public async Task A_web_page_in_place_of_a_token_is_a_portal()
    {
        await using var site = TestSite.Answers("200 OK", Now() + "Content-Type: text/html; charset=utf-8\r\n", Page);
        Service(new Uri($"http://127.0.0.1:{site.Port}"));

        var found = await RunAsync();

        Broken(found, "token", "a web page came");
        Assert.Equal("ok", Step(found, "clock").State);
    }

    [Theory]
    [InlineData("302 Found", "Location: http://login.example/\r\n", "the answer sends elsewhere")]
    [InlineData("200 OK", "Content-Type: application/json\r\n", "what answers is not the payment service")]
    [InlineData("503 Service Unavailable", "", "the service is reached and fails itself")]
    [InlineData("429 Too Many Requests", "", "called too often")]
    public async Task Whatever_else_comes_in_place_of_a_token_is_told_apart(string status, string headers, string cause)
    {
        await using var site = TestSite.Answers(status, headers, "");
        Service(new Uri($"http://127.0.0.1:{site.Port}"));

        Broken(await RunAsync(), "token", cause);
    }

    [Fact]
    public async Task A_connection_that_is_taken_and_gives_no_answer_is_said()
    {
        await using var site = TestSite.Silent();
        Service(new Uri($"http://127.0.0.1:{site.Port}"));

        var found = await RunAsync(TimeSpan.FromSeconds(1));

        // The greeting is given up without a word; the keys are the first that need an answer.
        Broken(found, "token", "got no answer");
    }

    [Fact]
    public async Task A_clock_that_is_years_off_is_broken_and_hides_nothing_else()
    {
        await using var site = TestSite.Answers("200 OK", "Date: Tue, 03 Nov 2015 12:00:00 GMT\r\nContent-Type: text/html\r\n", Page);
        Service(new Uri($"http://127.0.0.1:{site.Port}"));

        var found = await RunAsync();

        var clock = Step(found, "clock");
        Assert.Equal("broken", clock.State);
        Assert.Contains("ahead of the server", clock.Cause, StringComparison.Ordinal);
        Assert.True(clock.Clock!.AheadSeconds > 10 * 365 * 86_400L);
        // What stops everything is said first.
        Broken(found, "token", "a web page came");
    }

    private static string Now() => $"Date: {TimeProvider.System.GetUtcNow():r}\r\n";

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static NetworkStepReport Step(NetworkTestReport found, string name) => found.Steps.Single(step => step.Step == name);

    private static void Broken(NetworkTestReport found, string step, string cause)
    {
        Assert.Equal(step, found.Broken);
        Assert.False(found.Passed);
        Assert.Equal("broken", Step(found, step).State);
        Assert.Contains(cause, Step(found, step).Cause, StringComparison.Ordinal);
        Assert.NotNull(Step(found, step).Cure);
    }

    private void Service(Uri service) => _configuration.AgainstSimulator(service);

    private Task<NetworkTestReport> RunAsync() => RunAsync(TimeSpan.FromSeconds(30));

    private async Task<NetworkTestReport> RunAsync(TimeSpan limit, TestKernel? kernel = null, string modems = "/nowhere/mmcli")
    {
        using var route = new NetworkRoute(_configuration.Options(), limit, TimeProvider.System) { Kernel = kernel?.Files ?? new KernelFiles("/"), ModemProgram = modems };
        return await NetworkTest.Whole().RunAsync(
            route,
            _ => Task.CompletedTask,
            what =>
            {
                _waited.Add(what);
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }
}
