using System.Reflection;

namespace TaximeterAgent.Simulator.Car;

/// <summary>How the agent is called, up to its <c>run --config FILE</c>.</summary>
internal static class AgentCommand
{
    private const string AssemblyFile = "taximeter-agent.dll";

    /// <summary>The agent that was built with this simulator: <c>dotnet …/taximeter-agent.dll</c>.</summary>
    /// <exception cref="FileNotFoundException">It is in none of the places where a build puts it.</exception>
    public static IReadOnlyList<string> BuiltWithUs()
    {
        List<string> places = [.. Places()];
        string? found = places.Find(File.Exists);
        return found is not null
            ? [DotnetHost(), found]
            : throw new FileNotFoundException($"{AssemblyFile} is in none of: {string.Join(", ", places)}; build it, or name another agent with --agent");
    }

    private static IEnumerable<string> Places()
    {
        string besideUs = Path.Combine(AppContext.BaseDirectory, AssemblyFile);
        // Written by the build: see the project file.
        string? built = typeof(AgentCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "AgentAssembly")?.Value;
        if (built is not null)
            yield return built;
        yield return besideUs;

        // The clone was moved after the build: bin/<configuration>/<framework> of a neighbour.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        if (output is { Name: var framework, Parent: { Name: var configuration } } && output.Parent.Parent?.Parent?.Parent is { } neighbourhood)
        {
            yield return Path.Combine(neighbourhood.FullName, "TaximeterAgent", "bin", configuration, framework, AssemblyFile);
            yield return Path.Combine(neighbourhood.Parent?.FullName ?? "/", "src", "TaximeterAgent", "bin", configuration, framework, AssemblyFile);
        }
    }

    /// <summary>The <c>dotnet</c> that runs us.</summary>
    public static string DotnetHost()
    {
        string? ours = Environment.ProcessPath;
        if (ours is not null && Path.GetFileNameWithoutExtension(ours) == "dotnet")
            return ours;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host))
            return host;
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && File.Exists(Path.Combine(root, "dotnet")))
            return Path.Combine(root, "dotnet");
        return "dotnet";
    }
}
