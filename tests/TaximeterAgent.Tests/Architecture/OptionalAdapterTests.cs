using System.Xml.Linq;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>The adapters on the .NET IoT libraries are an option: the default build has nothing of them, and they know the ports and not the agent.</summary>
public sealed class OptionalAdapterTests
{
    private static readonly string[] s_libraries = ["TaximeterAgent.IotBindings", "System.IO.Ports", "System.Device.Gpio", "Iot.Device.Bindings"];

    [Fact]
    public void The_default_build_has_nothing_of_them()
    {
        Assert.DoesNotContain(typeof(Engine).Assembly.GetReferencedAssemblies(), name => s_libraries.Contains(name.Name));
        Assert.All(s_libraries, library => Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, library + ".dll")), library));
        var solution = File.ReadAllText(Path.Combine(Source.Root, "TaximeterAgent.sln"));
        Assert.DoesNotContain("IotBindings", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_property_brings_them_in()
    {
        var reference = XDocument.Load(Source.Project("TaximeterAgent")).Descendants("ProjectReference").Single(one => one.Attribute("Include")!.Value.Contains("IotBindings", StringComparison.Ordinal));
        Assert.Equal("'$(WithIotBindings)' == 'true'", reference.Parent!.Attribute("Condition")?.Value);
        // What is pinned centrally holds for what other packages bring along too.
        var pins = XDocument.Load(Path.Combine(Source.Root, "Directory.Packages.props")).Descendants("PackageVersion").Where(pin => s_libraries.Contains(pin.Attribute("Include")!.Value)).ToList();
        Assert.Equal(3, pins.Count);
        Assert.All(pins, pin => Assert.Equal("'$(WithIotBindings)' == 'true'", pin.Parent!.Attribute("Condition")?.Value));
    }

    [Fact]
    public void They_know_the_ports_and_not_the_agent()
    {
        var project = XDocument.Load(Source.Project("TaximeterAgent.IotBindings"));
        Assert.Equal(["../TaximeterAgent.Core/TaximeterAgent.Core.csproj"], project.Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value));
        // What is shared is source that is internal to both: a public type would be two.
        foreach (var shared in project.Descendants("Compile").Select(file => file.Attribute("Include")!.Value))
        {
            var text = File.ReadAllText(Path.Combine(Source.Root, "src", "TaximeterAgent.IotBindings", shared));
            Assert.False(text.Split('\n').Any(line => line.StartsWith("public ", StringComparison.Ordinal)), shared);
        }
    }
}
