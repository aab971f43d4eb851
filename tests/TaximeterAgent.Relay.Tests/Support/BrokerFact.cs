using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>A test with a real broker and a real database; skipped with the reason where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = DebianPackages.Missing;
}

/// <summary>The same with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerTheoryAttribute : TheoryAttribute
{
    public BrokerTheoryAttribute() => Skip = DebianPackages.Missing;
}
