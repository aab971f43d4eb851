using TaximeterAgent.Exploration.Search;

namespace TaximeterAgent.Exploration.Tests;

public sealed class GraphTests
{
    // 0 -> 1 -> 2 (the end), 1 -> 3, 3 -> 3; 4 -> 2 by a step that nobody can count on.
    private static Graph Small()
    {
        var graph = new Graph();
        graph.From(0);
        graph.Add(1, healthy: true);
        graph.From(1);
        graph.Add(2, healthy: true);
        graph.Add(3, healthy: true);
        graph.From(2);
        graph.From(3);
        graph.Add(3, healthy: true);
        graph.From(4);
        graph.Add(2, healthy: false);
        return graph;
    }

    [Fact]
    public void What_leads_to_an_end_is_told_from_what_does_not() =>
        Assert.Equal([true, true, true, false, true], Small().CanReach([false, false, true, false, false], healthyOnly: false));

    [Fact]
    public void A_step_that_needs_somebody_does_not_count_as_coming_to_rest() =>
        Assert.Equal([true, true, true, false, false], Small().CanReach([false, false, true, false, false], healthyOnly: true));
}
