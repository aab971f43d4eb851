using System.Security.Cryptography;
using TaximeterAgent.Outbox.Journal;
using TaximeterAgent.PowerCuts.Disk;

namespace TaximeterAgent.PowerCuts;

/// <summary>Makes the checks of a journal's records true, whatever they hold.</summary>
internal static class JournalChecks
{
    public static void MakeTrue(FileBytes journal)
    {
        if (journal.Length < JournalRecord.Sector)
            return;
        var bytes = journal.Range(0, journal.Length);
        var previous = new byte[JournalRecord.CheckLength];
        for (var at = 0; at + JournalRecord.HeaderLength <= bytes.Length;)
        {
            var record = bytes[at..];
            if (!JournalRecord.TryReadHeader(record, out _, out _, out var length) || length > record.Length - JournalRecord.HeaderLength)
                return;
            byte[] checkedBytes = [.. previous, .. record[..32], .. record.Slice(JournalRecord.HeaderLength, length)];
            previous = SHA256.HashData(checkedBytes)[..JournalRecord.CheckLength];
            previous.CopyTo(record[32..]);
            at += JournalRecord.LengthOf(length);
        }
    }
}
