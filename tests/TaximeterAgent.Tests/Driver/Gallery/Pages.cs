using System.Runtime.CompilerServices;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>Files that the code makes: compared, or written anew where TAXIMETER_WRITE_DOCS is set.</summary>
internal static class Pages
{
    private static string Root => Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", ".."));

    /// <summary>Holds a file to what was made.</summary>
    /// <param name="path">From the repository's root.</param>
    /// <param name="made">What it should hold.</param>
    public static void Hold(string path, string made)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("TAXIMETER_WRITE_DOCS") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, made);
            return;
        }

        var found = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(made == found, $"{path} is not what the code does{FirstDifference(found, made)}: run TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter Gallery, and read the difference");
    }

    private static string FirstDifference(string found, string made)
    {
        var before = found.Split('\n');
        var after = made.Split('\n');
        var at = 0;
        while (at < before.Length && at < after.Length && before[at] == after[at])
            at++;
        return $", from line {at + 1} on: '{before.ElementAtOrDefault(at)}' should be '{after.ElementAtOrDefault(at)}'";
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
