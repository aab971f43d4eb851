namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>
/// How long each command of ESC/POS is. Images, bar codes and macros are skipped by the length that they carry, so that what looks like text within them is none.
/// </summary>
internal static class CommandTable
{
    public const byte Dle = 0x10;
    public const byte Esc = 0x1B;
    public const byte Fs = 0x1C;
    public const byte Gs = 0x1D;

    /// <summary>Bytes from which the length of every known command shows.</summary>
    public const int HeadMaximum = 12;

    public static bool Begins(byte value) => value is Dle or Esc or Fs or Gs;

    /// <summary>The length of the command that begins so.</summary>
    /// <param name="head">Its first bytes, as many as have come, at least one.</param>
    public static CommandSize Of(ReadOnlySpan<byte> head) =>
        head.Length < 2
            ? CommandSize.More
            : head[0] switch
            {
                Esc => Escape(head),
                Gs => Group(head),
                Fs => File(head),
                _ => DataLink(head),
            };

    private static CommandSize Escape(ReadOnlySpan<byte> head) => (char)head[1] switch
    {
        '2' or '@' or 'L' or 'S' or 'i' or 'm' or 'v' or '<' or 'u' => CommandSize.Of(2),
        ' ' or '!' or '%' or '-' or '3' or '=' or '?' or 'E' or 'G' or 'J' or 'K' or 'M' or 'R' or 'T' or 'U' or 'V' or 'a' or 'd' or 'e' or 'r' or 't' or '{' => CommandSize.Of(3),
        '$' or '\\' or 'c' => CommandSize.Of(4),
        'p' => CommandSize.Of(5),
        'W' => CommandSize.Of(10),
        'D' => CommandSize.UntilZero(2),
        // Dots in columns: 8 or 24 to a column.
        '*' when head.Length < 5 => CommandSize.More,
        '*' => CommandSize.Of(5 + (Word(head, 3) * (head[2] is 32 or 33 ? 3L : 1L))),
        '(' => Sized(head, 2),
        _ => CommandSize.Unknown,
    };

    private static CommandSize Group(ReadOnlySpan<byte> head) => (char)head[1] switch
    {
        ':' or 'c' => CommandSize.Of(2),
        '!' or '/' or 'B' or 'H' or 'I' or 'T' or 'a' or 'b' or 'f' or 'h' or 'r' or 'w' or 'x' => CommandSize.Of(3),
        '$' or 'L' or 'P' or 'W' or '\\' => CommandSize.Of(4),
        '^' or 'z' => CommandSize.Of(5),
        'V' when head.Length < 3 => CommandSize.More,
        'V' => head[2] is 0 or 1 or (byte)'0' or (byte)'1' ? CommandSize.Of(3) : CommandSize.Of(4),
        'g' when head.Length < 3 => CommandSize.More,
        'g' => CommandSize.Of(6),
        'k' when head.Length < 3 => CommandSize.More,
        'k' when head[2] <= 6 => CommandSize.UntilZero(3),
        'k' when head.Length < 4 => CommandSize.More,
        'k' => CommandSize.Of(4L + head[3]),
        '*' when head.Length < 4 => CommandSize.More,
        '*' => CommandSize.Of(4 + (head[2] * head[3] * 8L)),
        'v' or 'Q' when head.Length < 8 => CommandSize.More,
        'v' or 'Q' => CommandSize.Of(8 + (Word(head, 4) * (long)Word(head, 6))),
        'C' => Counter(head),
        '(' => Sized(head, 2),
        '8' when head.Length < 7 => CommandSize.More,
        '8' => CommandSize.Of(7L + Word(head, 3) + ((long)Word(head, 5) << 16)),
        _ => CommandSize.Unknown,
    };

    private static CommandSize Counter(ReadOnlySpan<byte> head) => head.Length < 3
        ? CommandSize.More
        : (char)head[2] switch
        {
            '0' or (char)0 or '2' or (char)2 => CommandSize.Of(5),
            '1' or (char)1 => CommandSize.Of(9),
            _ => CommandSize.Unknown,
        };

    private static CommandSize File(ReadOnlySpan<byte> head) => (char)head[1] switch
    {
        '&' or '.' => CommandSize.Of(2),
        '!' or '-' or 'C' or 'W' => CommandSize.Of(3),
        'S' or 'p' or '?' => CommandSize.Of(4),
        '(' => Sized(head, 2),
        _ => CommandSize.Unknown,
    };

    // Asked and answered while it prints; nothing of it is on the paper.
    private static CommandSize DataLink(ReadOnlySpan<byte> head) => head[1] switch
    {
        0x04 when head.Length < 3 => CommandSize.More,
        0x04 => CommandSize.Of(head[2] is 7 or 8 ? 4 : 3),
        0x05 => CommandSize.Of(3),
        0x14 when head.Length < 3 => CommandSize.More,
        0x14 => head[2] switch
        {
            1 or 2 => CommandSize.Of(5),
            8 => CommandSize.Of(10),
            _ => CommandSize.Unknown,
        },
        _ => CommandSize.Unknown,
    };

    // A letter, then how much follows.
    private static CommandSize Sized(ReadOnlySpan<byte> head, int letter) =>
        head.Length < letter + 3 ? CommandSize.More : CommandSize.Of(letter + 3 + Word(head, letter + 1));

    private static int Word(ReadOnlySpan<byte> head, int at) => head[at] | (head[at + 1] << 8);
}
