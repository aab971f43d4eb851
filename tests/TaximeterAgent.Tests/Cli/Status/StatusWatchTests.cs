using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Tests.Meter;

namespace TaximeterAgent.Tests.Cli.Status;

public sealed class StatusWatchTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Into_a_pipe_goes_a_line_for_each_part_that_has_changed()
    {
        using var pipe = new StringWriter();
        var output = new LinesOutput(pipe, _time);
        await output.ShowAsync(Of(new PartReport("service", "green", "runs"), new PartReport("meter", "red", "silent", "turn it on")));
        Assert.Equal("time\tpart\tlevel\twhy\tcure\n1970-01-01 00:00:00Z\tservice\tgreen\truns\t\n1970-01-01 00:00:00Z\tmeter\tred\tsilent\tturn it on\n", pipe.ToString());

        var before = pipe.ToString().Length;
        for (var tick = 0; tick < 100; tick++)
            await output.ShowAsync(Of(new PartReport("service", "green", "runs"), new PartReport("meter", "red", "silent", "turn it on")));
        Assert.Equal(before, pipe.ToString().Length);

        await output.ShowAsync(Of(new PartReport("service", "green", "runs"), new PartReport("meter", "green", "meter-7")));
        Assert.Equal("1970-01-01 00:00:00Z\tmeter\tgreen\tmeter-7\t\n", pipe.ToString()[before..]);
    }

    [Fact]
    public async Task For_a_program_each_change_is_a_line_of_JSON()
    {
        using var pipe = new StringWriter();
        var output = new JsonOutput(pipe);
        for (var tick = 0; tick < 10; tick++)
            await output.ShowAsync(Of(new PartReport("service", "green", "runs")));
        await output.ShowAsync(Of(new PartReport("service", "red", "is stopped")));
        Assert.Equal("{}\n{}\n", pipe.ToString());
    }

    [Fact]
    public void Without_the_agent_the_database_is_copied_once_a_minute_however_often_it_looks()
    {
        var copies = 0;
        var row = new PartReport("outbox", "green", "from a copy");
        var pace = new CopyPace((directory, _) => new CopiedParts(row with { Why = $"{directory}, {++copies}" }, row, null), _time);
        Assert.Equal("/outbox, 1", pace.Look("/outbox", CancellationToken.None).Outbox.Why);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("/outbox, 1", pace.Look("/outbox", CancellationToken.None).Outbox.Why);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("/outbox, 2", pace.Look("/outbox", CancellationToken.None).Outbox.Why);
    }

    [Fact]
    public async Task It_looks_once_an_interval_and_says_when_it_waits_for_the_agent()
    {
        var looks = 0;
        var answer = new TaskCompletionSource<Picture>();
        var screen = new Remembered();
        using var stop = new CancellationTokenSource();
        var watching = new StatusWatch(_ => ++looks < 3 ? Task.FromResult(Of(new PartReport("service", "green", $"look {looks}"))) : answer.Task, screen, TimeSpan.FromSeconds(2), _time).RunAsync(stop.Token);
        Assert.Equal(["head"], screen.Heads);

        _time.Advance(TimeSpan.FromSeconds(1.9));
        await SettleAsync();
        Assert.Equal(1, looks);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await UntilAsync(() => screen.Heads.Count == 2);

        // The third answer does not come.
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => looks == 3);
        await SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(3));
        await UntilAsync(() => screen.Heads.Count == 3);
        Assert.Equal("head, waiting for the agent …", screen.Heads[^1]);

        await stop.CancelAsync();
        answer.SetCanceled();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.True(screen.Ended);
    }

    private static Picture Of(params PartReport[] parts) => new("head", parts, "{}");

    // What a timer has set free runs on other threads.
    private static Task SettleAsync() => Task.Delay(50);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 2_000 && !condition(); tries++)
            await Task.Delay(10);
        Assert.True(condition());
    }

    private sealed class Remembered : IWatchOutput
    {
        public List<string> Heads { get; } = [];

        public bool Ended { get; private set; }

        public Task ShowAsync(Picture picture)
        {
            Heads.Add(picture.Head);
            return Task.CompletedTask;
        }

        public Task EndAsync()
        {
            Ended = true;
            return Task.CompletedTask;
        }
    }
}
