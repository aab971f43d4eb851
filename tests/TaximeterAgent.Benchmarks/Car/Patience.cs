namespace TaximeterAgent.Benchmarks.Car;

/// <summary>Waits for what has to come, and no longer than that can take: a side that does not answer is broken, and no figure.</summary>
internal static class Patience
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    /// <exception cref="InvalidOperationException">It did not come; the message names it.</exception>
    public static async Task<T> ForAsync<T>(Task<T> awaited, string what, CancellationToken stop, TimeSpan? most = null)
    {
        try
        {
            return await awaited.WaitAsync(most ?? Usual, stop);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{what} did not come within {(most ?? Usual).TotalSeconds} s");
        }
    }
}
