using System.Diagnostics;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>For real devices and processes, which take the time they take: far longer than any machine needs, ended as soon as it is true.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                Assert.Fail("this never came: " + what);
            await Task.Delay(10);
        }
    }
}
