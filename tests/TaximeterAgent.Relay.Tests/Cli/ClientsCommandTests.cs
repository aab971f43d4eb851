using TaximeterAgent.Relay.Cli;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Cli;

/// <summary>Keys are made, shown once, and taken back at once.</summary>
[Collection(Fleet.Name)]
public sealed class ClientsCommandTests(Services services)
{
    [BrokerFact]
    public async Task A_client_is_added_listed_and_removed_and_its_key_opens_what_its_role_opens()
    {
        var configuration = Tool.Write(services.PathOf("config"), services.Options());
        var name = services.Name("client");
        await using var relay = await RelayCopy.StartAsync(services);

        var (code, key, error) = await Tool.RunAsync(configuration, "clients", "add", name, "--role", "operator");
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.Equal(200, (await relay.AskAsync(HttpMethod.Get, "/cars", key)).Status);
        Assert.Equal(401, (await relay.AskAsync(HttpMethod.Get, "/bookings/1", key)).Status);

        var listed = await Tool.RunAsync(configuration, "clients", "list");
        Assert.Contains($"{name}\toperator", listed.Output.Split('\n'));
        Assert.DoesNotContain(key, listed.Output, StringComparison.Ordinal);
        // Of a key only its hash is kept.
        Assert.Equal(0L, await services.ExecuteAsync($"SELECT count(*) FROM clients WHERE clients::text LIKE '%{key}%'"));

        Assert.Equal(ExitCode.Ok, (await Tool.RunAsync(configuration, "clients", "remove", name)).Code);
        Assert.Equal(401, (await relay.AskAsync(HttpMethod.Get, "/cars", key)).Status);
    }

    [BrokerFact]
    public async Task A_name_that_is_taken_or_unknown_is_said()
    {
        var configuration = Tool.Write(services.PathOf("config"), services.Options());
        var name = services.Name("client");
        Assert.Equal(ExitCode.Ok, (await Tool.RunAsync(configuration, "clients", "add", name)).Code);

        var (code, output, error) = await Tool.RunAsync(configuration, "clients", "add", name);
        Assert.Equal((ExitCode.NotPossible, ""), (code, output));
        Assert.Contains(name, error, StringComparison.Ordinal);
        var (other, _, unknown) = await Tool.RunAsync(configuration, "clients", "remove", services.Name("nobody"));
        Assert.Equal(ExitCode.NotPossible, other);
        Assert.StartsWith("taximeter-relay: there is no client nobody", unknown, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task Without_the_database_it_says_so()
    {
        var options = services.Options();
        options.Database.ConnectionString = "Host=127.0.0.1;Port=1;Username=relay;Password=a secret;Database=relay";
        var (code, _, error) = await Tool.RunAsync(Tool.Write(services.PathOf("config"), options), "clients", "list");
        Assert.Equal(ExitCode.Unavailable, code);
        Assert.Contains("the database does not answer", error, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", error, StringComparison.Ordinal);
    }

    [BrokerFact]
    public async Task An_unknown_role_or_an_impossible_name_is_a_wrong_command_line()
    {
        var configuration = Tool.Write(services.PathOf("config"), services.Options());
        Assert.Equal(ExitCode.Usage, (await Tool.RunAsync(configuration, "clients", "add", "x", "--role", "god")).Code);
        Assert.Equal(ExitCode.Usage, (await Tool.RunAsync(configuration, "clients", "add", "a\nb")).Code);
    }
}
