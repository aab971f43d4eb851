using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Durability;

/// <summary>An acknowledged fare survives a power cut: between its last byte and the ACK the kernel was told to put the outbox on the disk.</summary>
public sealed class SyncBeforeAckTests : IDisposable
{
    private const string Fare = """20 read(176</dev/pts/0>, "\2FARE|4|meter=NO-4711|trip=1\0030EB2117F\r", 4096) = 182""";
    private const string Synced = "20 fdatasync(119</tmp/x/outbox/outbox.db-wal>) = 0";
    private const string Acknowledged = """21 write(176</dev/pts/0>, "\2ACK|4|of=0EB2117F\38E0E85B9\r", 28) = 28""";

    private readonly string _trace = Path.GetTempFileName();

    public void Dispose() => File.Delete(_trace);

    [Fact]
    public async Task The_agent_syncs_the_outbox_between_a_fares_last_byte_and_its_ack()
    {
        string[] agent = ["strace", "-f", "-y", "-s", "1000", "-e", "trace=read,write,fsync,fdatasync", "-o", _trace, .. AgentCommand.BuiltWithUs()];
        var transcript = new StringWriter();
        var stage = new Stage(new StageSettings(Seed: 1, Pace.Shortened, agent, Keep: null, Wire: null), new Transcript(transcript, TimeProvider.System), TimeProvider.System);
        var outcome = Assert.Single(await AllScenarios.Find("known-number")!.RunAsync(stage, CancellationToken.None));
        Assert.True(outcome.Faults.Count == 0, transcript + string.Join('\n', outcome.Faults));
        Assert.Null(SystemCalls.FaultIn(File.ReadLines(_trace)));
    }

    [Fact]
    public void The_right_order_is_no_fault() => Assert.Null(SystemCalls.FaultIn([Fare, Synced, Acknowledged]));

    [Fact]
    public void A_sync_that_another_thread_interrupts_counts_when_it_is_done() =>
        Assert.Null(SystemCalls.FaultIn([Fare, "20 fdatasync(119</tmp/x/outbox/outbox.db-wal> <unfinished ...>", "22 read(5</etc/x>, \"\", 1) = 0", "20 <... fdatasync resumed>) = 0", Acknowledged]));

    [Fact]
    public void An_ack_before_the_sync_is_found() => Assert.Contains("before the outbox was synced", SystemCalls.FaultIn([Fare, Acknowledged, Synced]), StringComparison.Ordinal);

    [Fact]
    public void A_sync_of_something_else_does_not_count() =>
        Assert.Contains("before the outbox was synced", SystemCalls.FaultIn([Fare, "20 fdatasync(119</var/log/agent.log>) = 0", Acknowledged]), StringComparison.Ordinal);

    [Fact]
    public void A_sync_that_failed_does_not_count() =>
        Assert.Contains("before the outbox was synced", SystemCalls.FaultIn([Fare, "20 fdatasync(119</tmp/x/outbox/outbox.db-wal>) = -1 EIO", Acknowledged]), StringComparison.Ordinal);

    [Fact]
    public void A_sync_from_before_the_fare_does_not_count() => Assert.Contains("before the outbox was synced", SystemCalls.FaultIn([Synced, Fare, Acknowledged]), StringComparison.Ordinal);

    [Fact]
    public void A_fare_without_an_answer_is_found() => Assert.Contains("never acknowledged", SystemCalls.FaultIn([Fare, Synced]), StringComparison.Ordinal);
}
