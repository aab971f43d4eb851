namespace TaximeterAgent.Gpio;

/// <summary>What is printed on the keys of a matrix.</summary>
internal static class MatrixLayout
{
    public const int Rows = 4;

    private static readonly Key[][] s_keys =
    [
        [Key.Digit1, Key.Digit2, Key.Digit3, Key.A],
        [Key.Digit4, Key.Digit5, Key.Digit6, Key.B],
        [Key.Digit7, Key.Digit8, Key.Digit9, Key.C],
        [Key.Clear, Key.Digit0, Key.Enter, Key.D],
    ];

    /// <summary>The key of this number, counted line by line.</summary>
    public static Key KeyAt(int number, int columns) => s_keys[number / columns][number % columns];

    /// <exception cref="ArgumentException">There are not four rows, or not three or four columns.</exception>
    public static void Demand(int rows, int columns)
    {
        if (rows != Rows)
            throw new ArgumentException("A key matrix has four rows.", nameof(rows));
        if (columns is not (3 or 4))
            throw new ArgumentException("A key matrix has three or four columns.", nameof(columns));
    }
}
