using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>
/// What is inside the frames: payloads that are wrong in any way under a CRC that is right. Each has one reaction, the same every time, a refusal names a key that
/// the message has, and a fare that is taken says what the payload says and nothing else.
/// </summary>
internal sealed class FieldsTarget : IFuzzTarget
{
    private static readonly byte[][] s_payloads = [.. MeterSamples.Payloads.Select(Encoding.ASCII.GetBytes)];

    private static readonly string[] s_keys = [.. MeterSamples.Keys.Values.SelectMany(keys => keys).Distinct()];

    private static readonly string[] s_values =
    [
        "", "0", "00", "1", "-1", "+1", "999999999", "1000000000", "9999999999", "1e3", "1.0", "NOK", "nok", "SEK", "DKK", "EUR", "HIRED", "hired", "%", "%4", "%41", "%zz", "%00", "%0A", "%7F",
        "%C2%85", "%C3%85", "%C3", "%ED%A0%80", "%F0%9F%9A%95", "%FE", "%E2%80%AE", "=", "==", "a=b", "91234567", "+4791234567", "%2B4791234567", "004791234567", "0047", "0", "4791234567", "12345",
        "999999999999999", "9999999999999999", "NO-4711", "NO-4712", "10000", "10001", "2026-11-20T10:00:00Z", "2026-11-20T10:00:00", "2026-02-29T10:00:00Z", "2024-02-29T23:59:60Z",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2026-11-20T24:00:00Z", "2026-11-20T10:00:00.1234567890Z", "2026-11-20T10:00:00.Z",
        "2026-11-20T10:00:00+24:00", "2026-11-20t10:00:00z", new string('9', 64), new string('9', 65), new string('%', 30), string.Concat(Enumerable.Repeat("%C3%85", 64)), new string('x', 300),
    ];

    private readonly Func<LinkProbe> _link;

    public FieldsTarget(Func<LinkProbe> link)
    {
        _link = link;
        Parts = [new FuzzPart("payload", Budget.OfRuns(40_000), Budget.OfRuns(5_000_000), 1, Make, Judge)];
    }

    public string Name => "fields";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public ValueTask StartAsync() => ValueTask.CompletedTask;

    public IReadOnlyList<string> Conclude() => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Make(Dice dice)
    {
        var payload = dice.Below(8) switch
        {
            0 => dice.Of(s_payloads),
            1 or 2 => ByteMutator.Mutate(dice, dice.Of(s_payloads), 3, s_payloads, TfpFrame.PayloadMaximum),
            _ => Fields(dice, dice.Of(MeterSamples.Payloads)),
        };
        // What is not printable would be dropped with its frame, and the frames are another target.
        var text = payload.Select(value => value is >= 0x20 and <= 0x7E ? value : (byte)(0x20 + (value % 95))).Take(TfpFrame.PayloadMaximum).ToArray();
        return text.Length > 0 ? text : "X"u8.ToArray();
    }

    private static byte[] Fields(Dice dice, string payload)
    {
        var fields = payload.Split('|').ToList();
        for (var count = 1 + dice.Below(3); count > 0; count--)
        {
            var at = dice.Below(fields.Count);
            var key = fields[at].Split('=')[0];
            switch (dice.Below(7))
            {
                case 0:
                    fields.RemoveAt(at);
                    fields.Add("x=1");
                    break;
                case 1:
                    fields.Insert(at, fields[at]);
                    break;
                case 2:
                    fields.Insert(at, $"{dice.Of(s_keys)}={dice.Of(s_values)}");
                    break;
                case 3:
                    fields[at] = key;
                    break;
                case 4:
                    (fields[at], fields[0]) = (fields[0], fields[at]);
                    break;
                default:
                    fields[at] = $"{key}={dice.Of(s_values)}";
                    break;
            }
        }

        return Encoding.ASCII.GetBytes(string.Join('|', fields));
    }

    private ValueTask<bool> Judge(byte[] bytes)
    {
        Check.That(bytes.Length is > 0 and <= TfpFrame.PayloadMaximum && bytes.All(value => value is >= 0x20 and <= 0x7E), "not an input: a payload is 1 to 512 printable characters");
        var payload = Encoding.ASCII.GetString(bytes);
        var first = React(payload);
        var again = React(payload);
        Check.That(first.Answers.SequenceEqual(again.Answers) && first.Heard.SequenceEqual(again.Heard), "the same payload is not taken the same way twice");
        if (FareText.Head(payload) is not var (type, sequence))
        {
            Check.That(first.Heard.Count == 0 && first.Answers.Count == 0, "a payload without a usable SEQ was reacted to");
            return ValueTask.FromResult(false);
        }

        if (type is "ACK" or "NAK")
        {
            Check.That(first.Heard.Count == 0 && first.Answers.Count == 0, "an answer was answered");
            return ValueTask.FromResult(false);
        }

        var of = $"|{sequence}|of={ReferenceReader.Crc(bytes):X8}";
        Check.That(first.Answers.Count == 1, $"not one answer to one message: {first.Answers.Count}");
        var answer = first.Answers[0];
        var heard = first.Heard.SingleOrDefault();
        if (heard is MeterVoid)
            Check.That(answer == "NAK" + of + "|reason=trip", "the owner's refusal is not what went out");
        else if (heard is not null || (type == "PING" && answer.StartsWith("ACK", StringComparison.Ordinal)))
            Check.That(answer == "ACK" + of, "what was taken is not acknowledged");
        else
            Refused(payload, type, of, answer);
        if (heard is not null)
            Check.That(FareText.Values(payload) is not null, "a message with a key twice was taken");
        if (heard is Fare fare)
            SameFare(payload, fare);
        Masked(payload, first);
        return ValueTask.FromResult(heard is not null);
    }

    private LinkProbe React(string payload)
    {
        var link = _link();
        link.Receive(ReferenceReader.Frame(payload));
        return link;
    }

    private static void Refused(string payload, string type, string of, string answer)
    {
        var start = "NAK" + of + "|reason=";
        Check.That(answer.StartsWith(start, StringComparison.Ordinal), "neither taken nor refused");
        var reason = Uri.UnescapeDataString(answer[start.Length..]);
        if (!MeterSamples.Keys.TryGetValue(type, out var keys))
        {
            Check.That(reason == "type", "an unknown TYPE is refused for something else");
            return;
        }

        Check.That(reason.StartsWith("field:", StringComparison.Ordinal), $"a reason that the protocol does not have for it: {reason}");
        var key = reason["field:".Length..];
        if (FareText.Values(payload) is null)
            Check.That(payload.Split('|').Skip(2).Select(field => field.Split('=')[0]).Count(name => name == key || (key.Length >= 64 && name.StartsWith(key, StringComparison.Ordinal))) > 1, "the key named is not there twice");
        else
            Check.That(keys.Contains(key), $"a key is named that the message does not have: {key}");
    }

    private void SameFare(string payload, Fare fare)
    {
        var values = FareText.Values(payload)!;
        Check.That(FareText.Amount(values["total"]) == fare.Total.MinorUnits, "the total is not what the payload says");
        Check.That(FareText.Amount(values["fare"]) == fare.FareAmount.MinorUnits, "the fare is not what the payload says");
        Check.That(FareText.Amount(values["suppl"]) == fare.Supplements.MinorUnits, "the supplements are not what the payload says");
        Check.That((values.TryGetValue("tip", out var tip) ? FareText.Amount(tip) : 0) == fare.Tip.MinorUnits, "the tip is not what the payload says");
        Check.That(FareText.Amount(values["vat"]) == fare.Vat && fare.Vat <= 10_000, "the VAT is not what the payload says");
        Check.That((values.TryGetValue("supplvat", out var rate) ? FareText.Amount(rate) : fare.Vat) == fare.SupplementsVat, "the supplements' VAT is not what the payload says");
        Check.That(FareText.Amount(values["dist"]) == fare.Distance, "the distance is not what the payload says");
        Check.That(fare.Total.MinorUnits == fare.FareAmount.MinorUnits + fare.Supplements.MinorUnits + fare.Tip.MinorUnits, "a total that is not the sum of its parts was taken");
        Check.That(fare.Total.Currency.ToString() == values["cur"], "the currency is not what the payload says");
        Check.That(FareText.IsTime(fare.Trip.Start) && FareText.IsTime(fare.Finish), "a time was taken that is none");
        Check.That(Uri.UnescapeDataString(values["meter"]) == fare.Trip.Meter && Uri.UnescapeDataString(values["trip"]) == fare.Trip.Trip, "the trip is not the one that the payload names");
        var written = FareText.Write(fare);
        if (written.Length > TfpFrame.PayloadMaximum)
            return;
        var back = React(written).Heard;
        Check.That(back is [Fare same] && same == fare, "written again and read back it is another fare");
    }

    // The history keeps payloads for months: no whole phone number in it, unless the meter wrote it where a name or amount belongs.
    private static void Masked(string payload, LinkProbe link)
    {
        var phone = link.Heard.SingleOrDefault() switch { Fare fare => fare.Phone, Booking booking => booking.Phone, _ => null };
        if (phone is not { IsGiven: true } number || FareText.Values(payload) is not { } values)
            return;
        var digits = number.Msisdn[^8..];
        if (values.Any(field => field.Key != "phone" && Uri.UnescapeDataString(field.Value).Contains(digits, StringComparison.Ordinal)))
            return;
        Check.That(link.Records.All(record => !record.Payload.Contains(digits, StringComparison.Ordinal)), "the history shows a whole phone number");
    }
}
