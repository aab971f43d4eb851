using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>What the agent's program tells the runtime, of which nothing is seen on a machine with many processors.</summary>
public sealed class RuntimeSettingsTests
{
    [Fact]
    public void On_one_processor_a_connection_that_is_made_leaves_threads_for_the_keys()
    {
        string settings = Path.ChangeExtension(AgentCommand.BuiltWithUs()[^1], "runtimeconfig.json");
        JsonNode properties = JsonNode.Parse(File.ReadAllText(settings))!["runtimeOptions"]!["configProperties"]!;
        Assert.InRange(properties["System.Threading.ThreadPool.MinThreads"]?.GetValue<int>() ?? 1, 4, 16);
    }
}
