namespace TaximeterAgent.Benchmarks;

/// <summary>The middle of what was measured, and the places beside it.</summary>
internal static class Median
{
    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length switch
        {
            0 => throw new ArgumentException("nothing was measured", nameof(values)),
            var count when count % 2 == 1 => sorted[count / 2],
            var count => (sorted[count / 2 - 1] + sorted[count / 2]) / 2,
        };
    }

    /// <summary>The smallest value that at least so large a share of all does not exceed: 0.99 for p99.</summary>
    /// <param name="values">Some.</param>
    /// <param name="share">More than 0, at most 1.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        double[] sorted = [.. values.Order()];
        return sorted.Length > 0 ? sorted[(int)Math.Ceiling(share * sorted.Length) - 1] : throw new ArgumentException("nothing was measured", nameof(values));
    }
}
