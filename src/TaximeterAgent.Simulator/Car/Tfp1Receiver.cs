using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>Finds frames in a stream of bytes. What is damaged is dropped in silence, as the protocol has it, but told to those who keep count.</summary>
internal sealed class Tfp1Receiver
{
    private readonly Action<string, string> _frame;
    private readonly Action<string> _dropped;
    private readonly List<byte> _payload = new(Tfp1.MaximumPayload);
    private readonly List<byte> _crc = new(Tfp1.CrcDigits);
    private Part _part = Part.Outside;

    /// <param name="frame">A sound frame: its payload and its eight CRC digits.</param>
    /// <param name="dropped">A frame that was begun and not received soundly, and why. Bytes outside of frames are not told.</param>
    public Tfp1Receiver(Action<string, string> frame, Action<string> dropped)
    {
        _frame = frame;
        _dropped = dropped;
    }

    private enum Part
    {
        Outside,
        Payload,
        Crc,
        End,
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte unit in bytes)
            Take(unit);
    }

    private void Take(byte unit)
    {
        if (unit == Tfp1.StartOfText)
        {
            if (_part != Part.Outside)
                _dropped("a frame was cut off by the next STX");
            _payload.Clear();
            _crc.Clear();
            _part = Part.Payload;
            return;
        }

        switch (_part)
        {
            case Part.Payload when unit == Tfp1.EndOfText:
                if (_payload.Count == 0)
                    Drop("an empty payload");
                else
                    _part = Part.Crc;
                break;
            case Part.Payload when unit is < 0x20 or > 0x7E:
                Drop($"byte 0x{unit:X2} in a payload");
                break;
            case Part.Payload when _payload.Count == Tfp1.MaximumPayload:
                Drop($"a payload of more than {Tfp1.MaximumPayload} bytes");
                break;
            case Part.Payload:
                _payload.Add(unit);
                break;
            case Part.Crc:
                _crc.Add(unit);
                if (_crc.Count == Tfp1.CrcDigits)
                    _part = Part.End;
                break;
            case Part.End:
                End(unit);
                break;
        }
    }

    private void End(byte unit)
    {
        byte[] payload = [.. _payload];
        string crc = Encoding.Latin1.GetString([.. _crc]);
        if (unit != Tfp1.CarriageReturn)
        {
            Drop($"byte 0x{unit:X2} where the frame's CR should be");
        }
        else if (crc != Crc32.Digits(payload))
        {
            Drop($"CRC {crc} instead of {Crc32.Digits(payload)}");
        }
        else
        {
            _part = Part.Outside;
            _frame(Encoding.ASCII.GetString(payload), crc);
        }
    }

    private void Drop(string why)
    {
        _part = Part.Outside;
        _dropped(why);
    }
}
