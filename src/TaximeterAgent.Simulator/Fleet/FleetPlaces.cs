using System.Reflection;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>Where the relay's program and the scripts that set up its broker are.</summary>
internal static class FleetPlaces
{
    private const string Dev = "dev.sh";
    private const string AssemblyFile = "taximeter-relay.dll";

    /// <summary>The relay that was built with this simulator: <c>dotnet …/taximeter-relay.dll</c>.</summary>
    /// <exception cref="FileNotFoundException">It is in none of the places where a build puts it.</exception>
    public static IReadOnlyList<string> Relay() =>
    [
        AgentCommand.DotnetHost(),
        First(AssemblyFile, [Noted("RelayAssembly"), .. Above().Select(folder => Path.Combine(folder, "TaximeterAgent.Relay", "bin", Build(), AssemblyFile))]),
    ];

    /// <summary>A script of <c>deploy/relay</c>.</summary>
    /// <exception cref="FileNotFoundException">It is not in the clone that this simulator was built in.</exception>
    public static string Script(string name) =>
        First(name, [Path.Combine(Noted("RelayScripts") ?? "", name), .. Above().Select(folder => Path.Combine(folder, "deploy", "relay", name))]);

    /// <summary>The script that starts and stops broker and database.</summary>
    public static string DevScript => Script(Dev);

    // Written by the build: see the project file.
    private static string? Noted(string key) =>
        typeof(FleetPlaces).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == key)?.Value;

    // The clone was moved after the build: look for it above us.
    private static IEnumerable<string> Above()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }

    // bin/<configuration>/<framework>: the neighbour's are the same as ours.
    private static string Build()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(output.Parent?.Name ?? "", output.Name);
    }

    private static string First(string what, IEnumerable<string?> places) =>
        places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"{what} is not where this simulator was built; build the whole solution in its clone");
}
