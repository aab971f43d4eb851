using System.Runtime.CompilerServices;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>The project's own source, found from where this file was compiled.</summary>
internal static class Source
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string Project(string name) => Path.Combine(Root, "src", name, name + ".csproj");

    public static IEnumerable<string> Files(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine([Root, "src", .. folder]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
