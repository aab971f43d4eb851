using System.Net;
using System.Net.Sockets;
using TaximeterAgent.Cli;
using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli.Logging;

public sealed class JournalStreamTests
{
    [Theory]
    [InlineData("8:12345", "socket:[12345]", true)]
    [InlineData("8:12345", "socket:[12346]", false)]
    [InlineData("8:12345", "pipe:[12345]", false)]
    [InlineData("8:12345", "/dev/pts/0", false)]
    [InlineData("8:12345", null, false)]
    [InlineData("8:", "socket:[]", false)]
    [InlineData("12345", "socket:[12345]", false)]
    [InlineData("", "socket:[12345]", false)]
    [InlineData(null, "socket:[12345]", false)]
    public void Standard_error_is_the_journal_only_if_the_variable_names_its_very_stream(string? variable, string? target, bool journal)
    {
        Assert.Equal(journal, JournalStream.IsJournal(variable, target));
    }

    [Fact]
    public async Task A_process_whose_standard_error_is_the_named_socket_writes_for_the_journal()
    {
        using var configuration = new TestConfiguration();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        // bash gives a socket as standard error, as systemd does; exec keeps the process, so that the signal reaches the agent.
        const string script = """
            exec 2>"/dev/tcp/127.0.0.1/$1"
            export JOURNAL_STREAM="8:$(readlink /proc/self/fd/2 | tr -dc 0-9)"
            exec dotnet "$2" run --config "$3"
            """;
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var agent = AgentProcess.StartCommand("bash", ["-c", script, "bash", port, AgentProcess.Program, configuration.File]);
        using var journal = await listener.AcceptTcpClientAsync(patience.Token);
        using var lines = new StreamReader(journal.GetStream());
        var banner = await lines.ReadLineAsync(patience.Token);
        agent.Terminate();

        Assert.StartsWith("<6>Banner: taximeter-agent ", banner, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await agent.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task A_process_that_inherited_the_variable_but_not_the_stream_writes_for_people()
    {
        using var configuration = new TestConfiguration();
        using var agent = AgentProcess.Start(["run", "--config", configuration.File], new Dictionary<string, string> { [JournalStream.Variable] = "8:12345" });

        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z info     Banner: ", await agent.ErrorLineAsync());
    }
}
