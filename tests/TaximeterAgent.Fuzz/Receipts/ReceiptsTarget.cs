using System.Buffers.Binary;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Fuzz;

/// <summary>Reads prints: the amounts that are charged without a question, in minor units. The agent's own, or one that a test has spoilt.</summary>
/// <param name="print">What came over the printer's line.</param>
/// <param name="template">The template's name.</param>
internal delegate IEnumerable<long> ReceiptAmounts(byte[] print, string template);

/// <summary>
/// Receipts that came to harm on their way: whatever is made of them, no amount is charged that is not printed. One harm to a print, of a kind that a wire or a printer can do:
/// a burst of noise, lines that are missing or doubled, another receipt within, an end too early, commands in between, another code page.
/// </summary>
internal sealed class ReceiptsTarget : IFuzzTarget
{
    private const int Header = 11;

    /// <summary>Bytes that one burst of noise hits. It reaches from one line into the next, never over a whole line.</summary>
    private const int Burst = 6;

    private static readonly byte[][] s_commands =
    [
        [0x1B, 0x40], [0x1B, 0x74, 2], [0x1B, 0x52, 9], [0x1B, 0x45, 1], [0x1D, 0x21, 0x11], [0x1B, 0x3D, 2], [0x1B, 0x64, 2], [0x1D, 0x56, 0], [0x1B, 0x24, 0x10, 0x00], [0x10, 0x04, 1], [0x1B, 0x7A],
        [0x1D, 0x6B, 4, 0x31, 0x32, 0x00], [0x1D, 0x76, 0x30, 0, 2, 0, 2, 0, 0x39, 0x39, 0x39, 0x39],
    ];

    private readonly ReceiptAmounts _read;

    public ReceiptsTarget(ReceiptAmounts read)
    {
        _read = read;
        Parts =
        [
            new FuzzPart("whole", Budget.OfRuns(100), Budget.OfRuns(50_000), 0.1, dice => Make(dice, whole: true), Judge),
            new FuzzPart("damaged", Budget.OfRuns(1_200), Budget.OfRuns(1_000_000), 0.9, dice => Make(dice, whole: false), Judge),
        ];
    }

    public string Name => "receipts";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public ValueTask StartAsync() => ValueTask.CompletedTask;

    public IReadOnlyList<string> Conclude() => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>As the agent reads.</summary>
    public static IEnumerable<long> Read(byte[] print, string template)
    {
        var by = s_templates.Value[template];
        return EscPosReader.ReadAll(print, by.Printer).Select(text => ReceiptReader.Read(text, by)).Where(reading => reading.Kind == PrintKind.Fare).Select(reading => reading.Total!.Value);
    }

    private static readonly Lazy<Dictionary<string, ReceiptTemplate>> s_templates = new(() => ShippedTemplates.All.ToDictionary(template => template.Id));

    // Layout, whether it is whole, the one or two totals, a check over these; then the print. Who makes an input smaller cannot change what is on the paper by it.
    private static byte[] Make(Dice dice, bool whole)
    {
        var layout = dice.Below(ReceiptPress.Layouts.Count);
        var receipt = ReceiptPress.Print(dice, layout);
        var other = ReceiptPress.Print(dice, layout);
        var header = new byte[Header];
        (header[0], header[1]) = ((byte)layout, whole ? (byte)1 : (byte)0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(2), receipt.Total);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(6), other.Total);
        header[^1] = Check8(header);
        return [.. header, .. whole ? receipt.Bytes : Harm(dice, receipt, other)];
    }

    private static byte[] Harm(Dice dice, PressedReceipt receipt, PressedReceipt other)
    {
        List<byte[]> pieces = [.. receipt.Pieces];
        var bytes = receipt.Bytes;
        var at = dice.Below(bytes.Length);
        var length = Math.Min(1 + dice.Below(Burst), bytes.Length - at);
        switch (dice.Below(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << dice.Below(8));
                return bytes;
            case 1:
                dice.Bytes(length).CopyTo(bytes, at);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], .. dice.OneIn(2) ? dice.Bytes(length) : dice.Of(s_commands), .. bytes[at..]];
            case 4:
                for (var lost = 1 + dice.Below(4); lost > 0 && pieces.Count > 1; lost--)
                    pieces.RemoveAt(dice.Below(pieces.Count));
                break;
            case 5:
                pieces.Insert(dice.Below(pieces.Count), dice.Of(pieces));
                break;
            case 6:
                // Line by line, as two programs that share a printer would have it.
                pieces = [.. pieces.Zip(other.Pieces, (one, two) => dice.OneIn(2) ? [one, two] : new[] { two, one }).SelectMany(pair => pair)];
                break;
            case 7:
                return dice.OneIn(2) ? bytes[..at] : [.. bytes[..at], .. other.Bytes];
            default:
                return [0x1B, 0x74, dice.Byte(), 0x1B, 0x52, (byte)dice.Below(14), .. bytes[Math.Min(5, bytes.Length)..]];
        }

        return [.. pieces.SelectMany(piece => piece)];
    }

    private ValueTask<bool> Judge(byte[] input)
    {
        if (input.Length < Header || input[0] >= ReceiptPress.Layouts.Count || input[Header - 1] != Check8(input))
            return new ValueTask<bool>(false);
        long[] printed = [BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(2)), BinaryPrimitives.ReadInt32LittleEndian(input.AsSpan(6))];
        var charged = _read(input[Header..], ReceiptPress.Layouts[input[0]]).ToList();
        foreach (var amount in charged)
            Check.That(printed.Contains(amount), $"an amount that is not printed was charged: {amount}, printed {string.Join(" and ", printed)}");
        Check.That(input[1] == 0 || (charged.Count == 1 && charged[0] == printed[0]), "a whole receipt was not read");
        return new ValueTask<bool>(charged.Count > 0);
    }

    private static byte Check8(byte[] input) => (byte)(input.Take(Header - 1).Aggregate(17, (sum, value) => (sum * 31) + value) & 0xFF);
}
