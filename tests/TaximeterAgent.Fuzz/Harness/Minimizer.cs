namespace TaximeterAgent.Fuzz;

/// <summary>Makes an input that fails smaller, as long as it fails.</summary>
internal static class Minimizer
{
    /// <summary>Judgements that are spent at most.</summary>
    public const int Tries = 3_000;

    public static async Task<byte[]> ReduceAsync(byte[] input, Func<byte[], Task<bool>> fails)
    {
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= input.Length && tries < Tries;)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + size)];
                tries++;
                if (await fails(shorter))
                    input = shorter;
                else
                    at += size;
            }
        }

        return input;
    }
}
