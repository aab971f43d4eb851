using System.Reflection;
using System.Xml.Linq;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>Who may know whom. Held on the built assemblies and on the project files, because each alone can be got around.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Core_references_nothing_but_the_base_library()
    {
        Assert.All(typeof(Money).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
        Assert.Empty(References(Source.Project("TaximeterAgent.Core")));
    }

    [Fact]
    public void The_agent_does_not_know_the_simulator()
    {
        Assert.DoesNotContain(typeof(Engine).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("Simulator", StringComparison.Ordinal));
        Assert.DoesNotContain(References(Source.Project("TaximeterAgent")), reference => reference.Contains("Simulator", StringComparison.Ordinal));
    }

    [Fact]
    public void The_simulator_builds_agent_and_relay_but_does_not_link_them()
    {
        var programs = XDocument.Load(Source.Project("TaximeterAgent.Simulator")).Descendants("ProjectReference").ToList();
        Assert.Equal(2, programs.Count);
        Assert.All(programs, program => Assert.Equal("false", program.Attribute("ReferenceOutputAssembly")?.Value));
    }

    [Fact]
    public void LiteDb_is_an_option_that_nothing_has_unless_it_is_asked_for()
    {
        Assert.Equal(["LiteDB", "../TaximeterAgent.Core/TaximeterAgent.Core.csproj"], References(Source.Project("TaximeterAgent.LiteDb")));
        var asked = XDocument.Load(Source.Project("TaximeterAgent")).Descendants("ProjectReference").Where(e => e.Attribute("Include")!.Value.Contains("LiteDb", StringComparison.Ordinal)).ToList();
        Assert.All(asked, reference => Assert.Equal("'$(WithLiteDb)' == 'true'", reference.Parent!.Attribute("Condition")?.Value));
        Assert.Single(asked);
        Assert.DoesNotContain("LiteDb", File.ReadAllText(Path.Combine(Path.GetDirectoryName(Source.Project("TaximeterAgent"))!, "../../TaximeterAgent.sln")), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(typeof(Engine).Assembly.GetReferencedAssemblies(), name => name.Name!.Contains("LiteD", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_reference_would_be_found()
    {
        Assert.Contains(References(Source.Project("TaximeterAgent")), reference => reference.Contains("Core", StringComparison.Ordinal));
        Assert.Contains(References(Source.Project("TaximeterAgent.EPayment")), reference => reference == "Polly.Core");
    }

    private static List<string> References(string project) =>
        [.. XDocument.Load(project).Descendants().Where(e => e.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference").Select(e => e.Attribute("Include")!.Value)];
}
