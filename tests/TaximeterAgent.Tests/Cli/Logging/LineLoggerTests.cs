using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Tests.Cli.Logging;

public sealed class LineLoggerTests
{
    [Fact]
    public void The_agent_tells_what_it_does_and_the_libraries_only_what_is_wrong()
    {
        using var output = new StringWriter();
        using var services = Services(output);
        var factory = services.GetRequiredService<ILoggerFactory>();

        foreach (var category in new[] { "TaximeterAgent.Meter.Line", "Microsoft.Hosting.Lifetime", "System.Net.Http.HttpClient" })
        {
            var logger = factory.CreateLogger(category);
            logger.Log(LogLevel.Debug, "debug");
            logger.Log(LogLevel.Information, "information");
            logger.Log(LogLevel.Warning, "warning");
        }

        Assert.Equal("<6>Line: information\n<4>Line: warning\n<4>Lifetime: warning\n<4>HttpClient: warning\n", output.ToString());
    }

    [Fact]
    public void A_secret_that_slips_into_a_message_does_not_leave()
    {
        using var output = new StringWriter();
        using var services = Services(output);

        services.GetRequiredService<ILoggerFactory>().CreateLogger("Client").Log(LogLevel.Error, "key {Key}", "hunter2hunter2");

        Assert.Equal("<3>Client: key (secret)\n", output.ToString());
    }

    [Fact]
    public void A_reader_of_the_log_that_is_gone_stops_nothing()
    {
        using var services = Services(new BrokenPipe());

        services.GetRequiredService<ILoggerFactory>().CreateLogger("Client").Log(LogLevel.Error, "nobody reads this");
    }

    private static ServiceProvider Services(TextWriter output) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLogging(logging => logging.AddLines(LogFormat.Journal, new Redaction(["hunter2hunter2"]), output))
        .BuildServiceProvider();

    private sealed class BrokenPipe : StringWriter
    {
        public override void Write(string? value) => throw new IOException("Broken pipe");
    }
}
