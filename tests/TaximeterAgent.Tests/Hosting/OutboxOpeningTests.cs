using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting;

public sealed class OutboxOpeningTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    [Fact]
    public void What_is_prepared_touches_no_outbox_and_opens_the_one_that_the_configuration_names()
    {
        var folder = _files.Path("outbox");

        using var opening = OutboxOpening.Prepare();
        Assert.False(Directory.Exists(folder));
        opening.Begin(Options(folder), TimeProvider.System);

        using var outbox = opening.Take();
        Assert.True(File.Exists(Path.Combine(folder, "outbox.db")));
        Assert.Empty(outbox.LoadOpen());
    }

    // What fails in it is passed over at a start: nobody would see that nothing is made ready.
    [Fact]
    public void What_is_made_ready_ahead_works_and_leaves_no_file()
    {
        OutboxConnection.Prepare();

        Assert.False(File.Exists(":memory:"));
    }

    [Fact]
    public void An_outbox_that_cannot_be_used_is_told_to_whoever_takes_it()
    {
        File.WriteAllText(_files.Path("file"), "");

        using var opening = OutboxOpening.Prepare();
        opening.Begin(Options(_files.Path("file")), TimeProvider.System);

        Assert.Contains("cannot be made or used", Assert.Throws<OutboxUnusableException>(opening.Take).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_never_begun_keeps_nobody_waiting()
    {
        var opening = OutboxOpening.Prepare();
        opening.Dispose();

        Assert.Throws<TaskCanceledException>(opening.Take);
    }

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    private OutboxOptions Options(string folder) => _configuration.With("Outbox:Directory", $"\"{folder}\"").Options().Outbox;
}
