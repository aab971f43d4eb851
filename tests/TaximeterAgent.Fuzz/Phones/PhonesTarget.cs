using System.Text;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Fuzz;

/// <summary>Reads a number; the agent's own, or one that a test has spoilt.</summary>
internal delegate PhoneNumberFault PhoneParser(string? text, Country home, out PhoneNumber number);

/// <summary>Phone numbers as people give them: as text, and key by key at the driver's desk.</summary>
internal sealed class PhonesTarget : IFuzzTarget
{
    private static readonly Country[] s_countries = Enum.GetValues<Country>();

    private static readonly string[] s_texts =
    [
        "91234567", "40 00 00 01", "+47 912 34 567", "0047-91234567", "4791234567", "0701234567", "+46701234567", "0046 70 123 45 67", "20123456", "+4520123456", "0401234567", "+358401234567",
        "00358501234567", "+14155550123", "+999999999999999", "+4", "00", "+", "0", "- -", "+00", "0000000000", "٩١٢٣٤٥٦٧", "９１２３４５６７", "+47\u00A091234567", "91234567\u0000", "\uD800", "1e10",
    ];

    private readonly PhoneParser _parse;

    public PhonesTarget(PhoneParser parse)
    {
        _parse = parse;
        Parts =
        [
            new FuzzPart("text", Budget.OfRuns(200_000), Budget.OfRuns(20_000_000), 1, MakeText, JudgeText),
            new FuzzPart("keys", Budget.OfRuns(1_500), Budget.OfRuns(200_000), 0.01, MakeKeys, JudgeKeys),
        ];
    }

    public string Name => "phones";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public ValueTask StartAsync() => ValueTask.CompletedTask;

    public IReadOnlyList<string> Conclude() => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The first byte is the country, the rest UTF-8, broken or not.
    private static byte[] MakeText(Dice dice)
    {
        var text = dice.Below(3) switch
        {
            0 => Digits(dice),
            1 => ByteMutator.Mutate(dice, Encoding.UTF8.GetBytes(dice.Of(s_texts)), 3, [.. s_texts.Select(Encoding.UTF8.GetBytes)], 60),
            _ => Encoding.UTF8.GetBytes(dice.Of(s_texts)),
        };
        return [dice.Byte(), .. text];
    }

    private static byte[] Digits(Dice dice)
    {
        var prefix = dice.Of<string>(["", "", "", "+", "00", "+47", "+46", "+45", "+358", "0047", "0"]);
        var text = new StringBuilder(prefix);
        for (var count = dice.Below(18); count > 0; count--)
            text.Append((char)('0' + dice.Below(10)));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private ValueTask<bool> JudgeText(byte[] input)
    {
        var home = s_countries[(input.Length > 0 ? input[0] : 0) % s_countries.Length];
        var text = Encoding.UTF8.GetString(input.AsSpan(Math.Min(1, input.Length)));
        var fault = _parse(text, home, out var number);
        Check.That(Enum.IsDefined(fault), "a fault without a name");
        Check.That(number.IsGiven == (fault == PhoneNumberFault.None), "a fault with a number, or neither");
        if (!number.IsGiven)
            return ValueTask.FromResult(false);
        PhoneBounds.Judge(number.Msisdn);
        Check.That(text.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '+' || char.IsWhiteSpace(c)), "a number was made of what is no number");
        SameDigits(text, home, number.Msisdn);
        Check.That(_parse("+" + number.Msisdn, home, out var again) == PhoneNumberFault.None && again == number, "written with + it is another number");
        Check.That(number.ToString().Count(char.IsAsciiDigit) <= 5 && !number.ToString().Contains(number.Msisdn[^4..], StringComparison.Ordinal), "shown, it is not masked");
        return ValueTask.FromResult(true);
    }

    // Nothing was added but the country's code, nothing was left out but a prefix.
    private static void SameDigits(string text, Country home, string msisdn)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var expected = text.Trim().StartsWith('+') ? digits
            : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..]
            : PhoneBounds.Code(home) + (PhoneBounds.HasTrunkPrefix(home) ? digits[1..] : digits);
        Check.That(msisdn == expected, "accepted as another number than was given");
    }

    // The first byte is the country, each other byte a key, or a moment of the desk.
    private static byte[] MakeKeys(Dice dice)
    {
        var keys = new List<byte> { dice.Byte() };
        for (var count = 1 + dice.Below(60); count > 0; count--)
            keys.Add((byte)(dice.OneIn(3) ? dice.Below(32) : dice.OneIn(8) ? 10 : dice.Below(10)));
        if (dice.OneIn(2))
            keys.InsertRange(1, Encoding.ASCII.GetBytes(dice.Of<string>(["91234567", "0701234567", "20123456", "0401234567"])).Select(c => (byte)(c - '0')).Append((byte)10));
        return [.. keys];
    }

    private static ValueTask<bool> JudgeKeys(byte[] input) => ValueTask.FromResult(DeskProbe.Type(s_countries[(input.Length > 0 ? input[0] : 0) % s_countries.Length], input.AsSpan(Math.Min(1, input.Length))));
}
