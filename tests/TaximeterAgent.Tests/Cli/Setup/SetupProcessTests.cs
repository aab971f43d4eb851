using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Setup;

/// <summary>The command itself, as its own process, with devices and a payment service.</summary>
public sealed class SetupProcessTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();
    private readonly TestFiles _files = new();

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Devices_and_keys_are_looked_at_and_what_is_wrong_is_named()
    {
        using var terminal = new TestTerminal();
        using var service = new HttpListener();
        var url = Listen(service, token: true);
        _configuration
            .With("EPayment:BaseUrl", $"\"{url}\"").With("Meter:Serial:Port", $"\"{terminal.Path}\"")
            .With("Driver:KeypadDevice", $"\"{_files.Path("no-keypad")}\"").With("Driver:Display", "\"none\"").With("Control:Socket", $"\"{_files.Path("no.sock")}\"");

        var (exitCode, output, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File, "--yes", "--json"]);

        Assert.True(exitCode == ExitCode.Unavailable, output + error);
        var report = JsonNode.Parse(output)!;
        var checks = report["checks"]!.AsArray().ToDictionary(check => check!["what"]!.GetValue<string>(), check => check!["state"]!.GetValue<string>());
        Assert.Equal(("ok", "wrong", "skipped", "ok"), (checks["meter"], checks["keypad"], checks["display"], checks["payment service"]));
        Assert.Contains("no-keypad", output, StringComparison.Ordinal);
        Assert.DoesNotContain("put-the", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_the_service_refuses_are_told()
    {
        using var service = new HttpListener();
        _configuration.With("EPayment:BaseUrl", $"\"{Listen(service, token: false)}\"").With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Control:Socket", $"\"{_files.Path("no.sock")}\"");

        var (exitCode, output, _) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File, "--yes"]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("payment service\twrong: it refuses the keys", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_it_wants_a_file_and_with_one_it_wants_yes()
    {
        var (exitCode, _, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json")]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--from", error, StringComparison.Ordinal);

        (exitCode, _, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_files.Path("config.json")));
    }

    // Answers what a token call and a look at a payment that is not there get.
    private static string Listen(HttpListener listener, bool token)
    {
        for (var port = Random.Shared.Next(20_000, 30_000); ; port++)
        {
            try
            {
                var url = $"http://127.0.0.1:{port}";
                listener.Prefixes.Add(url + "/");
                listener.Start();
                _ = ServeAsync(listener, token);
                return url;
            }
            catch (HttpListenerException) when (port < 30_100)
            {
                listener.Prefixes.Clear();
            }
        }
    }

    private static async Task ServeAsync(HttpListener listener, bool token)
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                var asksToken = context.Request.Url!.AbsolutePath == "/accesstoken/get";
                context.Response.StatusCode = asksToken ? (token ? 200 : 401) : 404;
                context.Response.ContentType = "application/json";
                var body = asksToken && token ? """{"token_type":"Bearer","expires_in":"3600","access_token":"abc"}""" : """{"title":"Not found"}""";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
