namespace TaximeterAgent.Printer.InLine;

/// <summary>
/// What the meter has chosen of what our own slips choose too, so that it can be given back behind one: the code page. Seen in passing, in bytes that may as well be
/// those of a picture; then the meter's next choice mends it.
/// </summary>
internal sealed class ModesOfTheMeter
{
    private const byte Escape = 0x1B;
    private const byte CodeTable = (byte)'t';
    private const byte Initialize = (byte)'@';

    private byte _before;
    private byte _last;
    private byte _table;

    /// <summary>What puts the meter's choice back.</summary>
    public byte[] Restoring => [Escape, CodeTable, _table];

    public void Look(ReadOnlySpan<byte> bytes)
    {
        foreach (var now in bytes)
        {
            if (_before == Escape && _last == CodeTable)
                (_table, _before, _last) = (now, 0, 0);
            else
                (_before, _last) = (_last, now);
            if (_before == Escape && _last == Initialize)
                _table = 0;
        }
    }
}
