using System.Numerics;

namespace TaximeterAgent.Gpio;

/// <summary>
/// Tells from scans of a matrix which keys were pressed. Bit <c>row * columns + column</c> of a scan is set where that row, driven, reached that column. Each key has
/// to stand still for some scans, so contacts may bounce; any number of keys may be down as long as the matrix can tell them apart.
/// </summary>
/// <param name="rows">1 to 8.</param>
/// <param name="columns">1 to 8.</param>
/// <param name="still">Scans in which a key must stand still; 1 or more.</param>
internal sealed class KeyMatrix(int rows, int columns, int still)
{
    private readonly int[] _changing = new int[rows * columns];
    private ulong _down;

    /// <summary>True while no key is down nor on its way: nothing needs to be scanned.</summary>
    public bool Quiet => _down == 0 && Array.TrueForAll(_changing, count => count == 0);

    /// <summary>Takes a scan.</summary>
    /// <param name="scan">What was reached.</param>
    /// <param name="pressed">Called for each key that is down now and was not before, with its number.</param>
    public void Take(ulong scan, Action<int> pressed)
    {
        // Three keys at the corners of a rectangle reach the fourth. While that may be so no key is believed to have gone down; those that are down may go up.
        var doubtful = IsDoubtful(scan);
        for (var key = 0; key < _changing.Length; key++)
        {
            var bit = 1ul << key;
            var seen = (scan & bit) != 0;
            if (seen == ((_down & bit) != 0) || (seen && doubtful))
            {
                _changing[key] = 0;
                continue;
            }

            if (++_changing[key] < still)
                continue;
            _changing[key] = 0;
            _down ^= bit;
            if (seen)
                pressed(key);
        }
    }

    /// <summary>Forgets what is down: the lines were lost.</summary>
    public void Reset()
    {
        _down = 0;
        Array.Clear(_changing);
    }

    private bool IsDoubtful(ulong scan)
    {
        var mask = (1ul << columns) - 1;
        for (var one = 0; one < rows; one++)
        {
            for (var other = one + 1; other < rows; other++)
            {
                if (BitOperations.PopCount(scan >> (one * columns) & scan >> (other * columns) & mask) > 1)
                    return true;
            }
        }

        return false;
    }
}
