namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>Finds files of the repository from the test's own place in it.</summary>
internal static class Repository
{
    /// <summary>The directory of the solution file.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "TaximeterAgent.sln")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException("TaximeterAgent.sln is in none of the directories above the tests.");
    }
}
