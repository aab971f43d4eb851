using System.Diagnostics;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>Waits for what comes by itself: as long as a machine that others use as well may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> look, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await look())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, $"This has not come: {what}.");
            await Task.Delay(50);
        }
    }
}
