using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>A database whose header is whole and whose content is not, as a bad card leaves it.</summary>
internal static class Damage
{
    /// <summary>Makes one, with trips in it.</summary>
    public static void Make(string directory)
    {
        using (var outbox = SqliteOutbox.Open(directory, new StandingClock()))
        {
            for (var key = 1; key <= 100; key++)
                outbox.Commit(Examples.FareBatch(key, key, sync: false));
        }

        Do(directory);
    }

    /// <summary>Damages one that is there: every page but the first.</summary>
    public static void Do(string directory)
    {
        var database = Path.Combine(directory, "outbox.db");
        using var file = File.OpenHandle(database, FileMode.Open, FileAccess.ReadWrite);
        for (var page = 1; page < RandomAccess.GetLength(file) / 4_096; page++)
            RandomAccess.Write(file, new byte[64], page * 4_096L);
    }
}
