namespace TaximeterAgent.Simulator.Car;

/// <summary>A message of the meter's that waits for its answer.</summary>
internal sealed class MeterMessage(string type, string fields, bool kept, Action<MeterAnswer>? acknowledged = null)
{
    public string Type { get; } = type;

    /// <summary>FARE, BOOK and VOID are kept until they are answered, over a power loss too; the others give up.</summary>
    public bool Kept { get; } = kept;

    /// <summary>Called under the meter's lock.</summary>
    public Action<MeterAnswer>? Acknowledged { get; } = acknowledged;

    /// <summary>The payload as first sent: a repeat has the same bytes, SEQ included. Null before the first try.</summary>
    public string? Payload { get; private set; }

    public int Seq { get; private set; }

    public string? Crc { get; private set; }

    public int Tries { get; set; }

    public void Number(ushort seq)
    {
        Seq = seq;
        Payload = fields.Length == 0 ? $"{Type}|{seq}" : $"{Type}|{seq}|{fields}";
        Crc = Crc32.Digits(System.Text.Encoding.ASCII.GetBytes(Payload));
    }

    /// <summary>A meter that lost its power numbers anew.</summary>
    public void Forget() => Payload = null;
}
