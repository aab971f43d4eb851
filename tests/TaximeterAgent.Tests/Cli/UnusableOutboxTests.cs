using TaximeterAgent.Cli;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli;

/// <summary>A database that cannot be opened: the agent names the file, leaves it as it is and ends with 74.</summary>
public sealed class UnusableOutboxTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("taximeter-outbox-").FullName;

    public void Dispose()
    {
        _configuration.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is()
    {
        var file = Path.Combine(_directory, "outbox.db");
        var bytes = "This was once a list of fares, and somebody may want it back.\n"u8.ToArray();
        await File.WriteAllBytesAsync(file, bytes);

        var (exitCode, _, error) = await RunAsync(_directory);

        Assert.Equal(ExitCode.InputOutput, exitCode);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file));
        Assert.Equal([file], Directory.GetFiles(_directory).Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_directory_that_is_a_file_is_named()
    {
        var file = Path.Combine(_directory, "not-a-directory");
        await File.WriteAllTextAsync(file, "");

        var (exitCode, _, error) = await RunAsync(file);

        Assert.Equal(ExitCode.InputOutput, exitCode);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string directory)
    {
        _configuration.With("Outbox:Directory", $"\"{directory}\"");
        return AgentProcess.RunAsync(["run", "--config", _configuration.File]);
    }
}
