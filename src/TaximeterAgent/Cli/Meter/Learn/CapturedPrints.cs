using TaximeterAgent.Cli.Meter.Replay;

namespace TaximeterAgent.Cli.Meter.Learn;

/// <summary>The bytes of a capture in pieces between which the line was silent for long enough to end a print. Without times it is one piece.</summary>
internal static class CapturedPrints
{
    /// <summary>The most that is kept, in bytes: hours of printing.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>Reads a capture.</summary>
    /// <param name="file">The capture.</param>
    /// <param name="quiet">The silence that ends a print.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<IReadOnlyList<byte[]>> ReadAsync(CaptureFile file, TimeSpan quiet, CancellationToken stop)
    {
        var pieces = new List<byte[]>();
        var piece = new List<byte>();
        DateTimeOffset? last = null;
        await foreach (var part in file.ReadAsync(stop))
        {
            if (part is not CapturePiece.FromMeter { Bytes: var bytes })
                continue;
            if (part.At - last >= quiet && piece.Count > 0)
            {
                pieces.Add([.. piece]);
                piece.Clear();
            }

            last = part.At;
            piece.AddRange(bytes.Span);
        }

        if (piece.Count > 0)
            pieces.Add([.. piece]);
        return pieces;
    }
}
