using System.Numerics;

namespace TaximeterAgent.Sync;

/// <summary>
/// Counts what happens again and again, so that the history has its first time, its second, its fourth, its eighth and so on: what goes on for hours neither fills the
/// history nor wears the flash, and yet is seen to go on. In memory only; a start counts anew.
/// </summary>
internal sealed class Repeats
{
    /// <summary>Things that are counted at a time. Where there are more, all are counted anew: some lines too many.</summary>
    public const int Maximum = 1_000;

    private readonly Dictionary<(long Trip, string What), int> _times = [];

    /// <summary>It has happened.</summary>
    /// <returns>How many times so far, where that is worth a line; 0 where it is not.</returns>
    public int Worth(long trip, string what)
    {
        if (_times.Count >= Maximum)
            _times.Clear();
        var times = _times[(trip, what)] = _times.GetValueOrDefault((trip, what)) + 1;
        return BitOperations.IsPow2(times) ? times : 0;
    }

    /// <summary>What follows a line that stands for more than one time.</summary>
    public static string Said(int times) => times > 1 ? $" ({times} times)" : "";
}
