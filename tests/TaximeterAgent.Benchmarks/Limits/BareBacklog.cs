using System.Globalization;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>The calls that stored trips need, from memory: for each the same four, one after another, and as many trips at a time as the agent takes.</summary>
internal static class BareBacklog
{
    public const string Name = "bare-backlog";

    /// <param name="arguments">The service, how many trips each time, how many at a time. Begins anew with every line that it is told.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        using var calls = await BareCalls.ConnectAsync(arguments[0], stop);
        var trips = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var together = new ParallelOptions { MaxDegreeOfParallelism = int.Parse(arguments[2], CultureInfo.InvariantCulture), CancellationToken = stop };
        Console.WriteLine("ready");
        while (Console.ReadLine() is not null)
        {
            await Parallel.ForAsync(0, trips, together, async (_, token) =>
            {
                var reference = BareCalls.NewReference();
                await calls.CreateAsync(reference, token);
                await calls.ReadAsync(reference, token);
                await calls.ReceiptAsync(reference, token);
                await calls.CaptureAsync(reference, token);
            });
            Console.WriteLine("done");
        }
    }
}
