namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>Finds files of the repository from the program's own place in it.</summary>
internal static class Repository
{
    /// <exception cref="FileNotFoundException">There is no such file in any of the folders above the program.</exception>
    public static string PathOf(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, file) is var path && File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"{file} is in none of the folders above {AppContext.BaseDirectory}");
    }
}
