using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Cli;

/// <summary><c>outbox migrate</c> in an agent that has no other store in it; with one it is tested beside that: tests/TaximeterAgent.LiteDb.Tests.</summary>
public sealed class MigrateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestConfiguration _configuration = new();

    public MigrateTests() => _configuration.With("Outbox:Directory", JsonSerializer.Serialize(_directory.At("outbox")));

    public void Dispose()
    {
        _configuration.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Without_the_other_store_it_says_what_to_build_and_changes_nothing()
    {
        using (var outbox = SqliteOutbox.Open(_directory.At("outbox"), TimeProvider.System))
            outbox.Commit(Examples.FareBatch(1));
        var before = Directory.GetFileSystemEntries(_directory.At("outbox"));

        var (exitCode, _, error) = await Invocation.RunAsync(["outbox", "migrate", "--from", "sqlite", "--to", "litedb", "--config", _configuration.File]);

        Assert.Equal(ExitCode.InputOutput, exitCode);
        Assert.Contains("build with -p:WithLiteDb=true", error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_directory.At("outbox")));
    }

    [Theory]
    [InlineData("sqlite", "sqlite")]
    [InlineData("sqlite", "leveldb")]
    public async Task Two_stores_are_needed_that_are_known(string from, string to) =>
        Assert.Equal(ExitCode.Usage, (await Invocation.RunAsync(["outbox", "migrate", "--from", from, "--to", to, "--config", _configuration.File])).ExitCode);
}
