using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>The letters of Epson's devices: the code page that each number behind <c>ESC t</c> chooses, as far as anything here is sent in it.</summary>
internal static class EpsonLetters
{
    private static readonly Dictionary<byte, int> Pages = new() { [0] = 437, [2] = 850, [5] = 865, [16] = 1252, [19] = 858 };

    public static bool Has(byte table) => Pages.ContainsKey(table);

    /// <param name="table">One that it <see cref="Has"/>.</param>
    /// <param name="bytes">What was sent.</param>
    public static string Read(byte table, byte[] bytes) =>
        (CodePagesEncodingProvider.Instance.GetEncoding(Pages[table]) ?? throw new InvalidOperationException($"no code page {Pages[table]}")).GetString(bytes);
}
