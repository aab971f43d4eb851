namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>What a store may show: the contents after each step.</summary>
internal static class Contents
{
    /// <summary>The step after which the content is the same as what is shown, the latest if there are several; -1 if there is none.</summary>
    public static int StepOf(this IReadOnlyList<Content> contents, Content shown, int oldest, int newest)
    {
        for (var step = newest; step >= oldest; step--)
        {
            if (shown.Is(contents[step]))
                return step;
        }

        return -1;
    }

    /// <summary>The step whose content has the most lines in common with what is shown.</summary>
    public static int Nearest(this IReadOnlyList<Content> contents, Content shown, int oldest, int newest)
    {
        var lines = shown.Lines.ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(oldest, newest - oldest + 1).MinBy(step => contents[step].Lines.Count(line => !lines.Contains(line)) + lines.Except(contents[step].Lines).Count());
    }
}
