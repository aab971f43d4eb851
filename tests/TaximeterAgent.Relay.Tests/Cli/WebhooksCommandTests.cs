using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Cli;
using TaximeterAgent.Relay.Payments;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Relay.Tests.Cli;

/// <summary>Registrations at the payment service, against the simulated one, beside a relay that runs.</summary>
[Collection(Fleet.Name)]
public sealed class WebhooksCommandTests(Services services) : IAsyncLifetime
{
    private readonly VippsServer _server = new(TimeProvider.System);
    private KestrelCarrier? _carrier;
    private RelayCopy? _relay;
    private string _configuration = "";

    public async Task InitializeAsync()
    {
        if (DebianPackages.Missing is not null)
            return;
        _carrier = await KestrelCarrier.StartAsync(_server, TimeProvider.System);
        // No secret yet: what the command writes is what the relay knows.
        _relay = await RelayCopy.StartAsync(services, options =>
        {
            KeysFile.Configure(services, options, _carrier.BaseAddress);
            Directory.CreateDirectory(options.Webhooks.SecretsDirectory);
        });
        _relay.Options.Webhooks.PublicUrl = "https://relay.example/webhooks/vipps";
        _configuration = Tool.Write(services.PathOf("config"), _relay.Options);
    }

    public async Task DisposeAsync()
    {
        if (_relay is not null)
            await _relay.DisposeAsync();
        if (_carrier is not null)
            await _carrier.DisposeAsync();
    }

    [BrokerFact]
    public async Task What_is_signed_with_the_secret_that_the_service_gave_is_genuine_to_the_relay_that_runs()
    {
        await using var car = await TestCar.AddAsync(services);
        Assert.Equal(401, (await new Delivery(car.Reference()).SendAsync(_relay!.Http)).Status);
        var id = await RegisterAsync();

        var secret = await File.ReadAllTextAsync(Path.Combine(_relay.Options.Webhooks.SecretsDirectory, $"{id:D}.secret"));
        await Eventually.TrueAsync(async () => (await new Delivery(car.Reference()) { Secret = secret }.SendAsync(_relay.Http)).Status == 200, "the new secret is active");
        Assert.NotNull(await car.HintAsync());
        Assert.Equal((ExitCode.Ok, $"{ServerDefaults.Msn}\tok"), await CheckAsync());
    }

    [BrokerFact]
    public async Task The_secret_is_in_a_file_for_its_owner_alone_and_never_printed()
    {
        var id = await RegisterAsync();
        var directory = new DirectoryInfo(_relay!.Options.Webhooks.SecretsDirectory);
        var file = directory.GetFiles().Single();
        Assert.Equal($"{id:D}.secret", file.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode);

        var (code, output, error) = await RunAsync("list");
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.StartsWith($"{id:D}\t{_relay.Options.Webhooks.PublicUrl}\tsecret here\tepayments.payment.created.v1 ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(await File.ReadAllTextAsync(file.FullName), output, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_registration_is_removed_with_its_secret()
    {
        var id = await RegisterAsync();
        Assert.Equal(ExitCode.Ok, (await RunAsync("remove", id.ToString())).Code);
        Assert.Empty(Directory.GetFiles(_relay!.Options.Webhooks.SecretsDirectory));
        Assert.Equal((ExitCode.Ok, ""), (await RunAsync("list")) is var list ? (list.Code, list.Output) : default);
        var (code, _, error) = await RunAsync("remove", id.ToString());
        Assert.Equal(ExitCode.NotPossible, code);
        Assert.Contains($"there is no registration {id:D}", error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_registration_that_the_service_has_deleted_is_noticed()
    {
        Assert.Equal(ExitCode.Finding, (await CheckAsync()).Code);
        var id = await RegisterAsync();
        Assert.Equal(ExitCode.Ok, (await CheckAsync()).Code);

        // As the service does after two weeks of failures: nobody here is told.
        using (var keys = SalesUnitKeys.Read(_relay!.Options, TimeProvider.System))
            Assert.IsType<Answered<Done>>(await new WebhookRegistrationClient(keys.Of(ServerDefaults.Msn)!).DeleteAsync(keys.Unit(ServerDefaults.Msn), id));
        var (code, output) = await CheckAsync();
        Assert.Equal(ExitCode.Finding, code);
        Assert.StartsWith($"{ServerDefaults.Msn}\tnot registered for {_relay.Options.Webhooks.PublicUrl}", output, StringComparison.Ordinal);
        // Its secret can be removed nevertheless.
        Assert.Equal(ExitCode.Ok, (await RunAsync("remove", id.ToString())).Code);
    }

    [BrokerFact]
    public async Task A_registration_whose_secret_is_lost_is_noticed()
    {
        var id = await RegisterAsync();
        File.Delete(Path.Combine(_relay!.Options.Webhooks.SecretsDirectory, $"{id:D}.secret"));
        var (code, output) = await CheckAsync();
        Assert.Equal(ExitCode.Finding, code);
        Assert.Contains("without a secret", output, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), output, StringComparison.Ordinal);
        Assert.Contains("NO SECRET HERE", (await RunAsync("list")).Output, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_secret_that_cannot_be_kept_leaves_no_registration()
    {
        // A file where the folder should be.
        var options = _relay!.Options;
        Directory.Delete(options.Webhooks.SecretsDirectory);
        await File.WriteAllTextAsync(options.Webhooks.SecretsDirectory, "");
        var (code, _, error) = await RunAsync("register");
        Assert.Equal(ExitCode.InputOutput, code);
        Assert.Contains("taken back", error, StringComparison.Ordinal);
        File.Delete(options.Webhooks.SecretsDirectory);
        Assert.Equal("", (await RunAsync("list")).Output);
    }

    [BrokerFact]
    public async Task Keys_that_the_service_refuses_are_said_without_showing_them()
    {
        KeysFile.Write(_relay!.Options.EPayment.KeysFile, "a-wrong-secret");
        foreach (var command in (string[])["register", "list", "check"])
        {
            var (code, output, error) = await RunAsync(command);
            Assert.Equal(ExitCode.NoPermission, code);
            Assert.Contains("refuses the keys", error, StringComparison.Ordinal);
            Assert.DoesNotContain("a-wrong-secret", output + error, StringComparison.Ordinal);
        }
    }

    [BrokerFact]
    public async Task A_service_that_is_not_there_is_said()
    {
        await _carrier!.DisposeAsync();
        _carrier = null;
        var (code, _, error) = await RunAsync("list");
        Assert.Equal(ExitCode.Unavailable, code);
        Assert.Contains("cannot be reached", error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task A_sales_unit_without_keys_here_is_a_wrong_command_line()
    {
        var (code, _, error) = await RunAsync("list", "--msn", "999999");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(ServerDefaults.Msn, error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => Tool.RunAsync(_configuration, ["webhooks", .. arguments]);

    private async Task<(int Code, string Output)> CheckAsync()
    {
        var (code, output, _) = await RunAsync("check");
        return (code, output);
    }

    private async Task<Guid> RegisterAsync()
    {
        var (code, output, error) = await RunAsync("register");
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        return Guid.Parse(output.Split('\t')[0]);
    }
}
