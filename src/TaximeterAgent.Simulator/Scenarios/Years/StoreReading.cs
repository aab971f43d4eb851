using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios.Years;

/// <summary>What the agent's files hold while it is stopped.</summary>
/// <param name="At">The date then.</param>
/// <param name="Bytes">Of all files together, without what is kept free for a full disk.</param>
/// <param name="Lines">Lines of history.</param>
/// <param name="Trips">Trips that are kept.</param>
/// <param name="Identities">Trips that are known.</param>
/// <param name="OldestLine">When the oldest line was written, by the car's clock at the time; null without any.</param>
internal sealed record StoreReading(DateTimeOffset At, long Bytes, long Lines, long Trips, long Identities, DateTimeOffset? OldestLine)
{
    /// <summary>Reads a copy of the database that the stopped agent has left.</summary>
    /// <exception cref="ScenarioFailed">There is none.</exception>
    public static StoreReading Of(World world, DateTimeOffset at)
    {
        using DatabaseCopy copy = Copy(world);
        return new StoreReading(
            at,
            Files(world).Where(file => !file.EndsWith(".reserve", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length),
            copy.Number("SELECT count(*) FROM history") ?? 0,
            copy.Number("SELECT count(*) FROM trips") ?? 0,
            copy.Number("SELECT count(*) FROM identities") ?? 0,
            copy.Number("SELECT min(at) FROM history WHERE at > 1577836800000") is { } oldest ? DateTimeOffset.FromUnixTimeMilliseconds(oldest) : null);
    }

    /// <summary>The trips whose identity the database does not have: the first half of a SHA-256 over what the meter calls them.</summary>
    public static IReadOnlyList<TripKey> Unknown(World world, IEnumerable<TripKey> trips)
    {
        using DatabaseCopy copy = Copy(world);
        return [.. trips.Where(trip => copy.Number($"SELECT 1 FROM identities WHERE id = x'{Identity(trip)}'") is null)];
    }

    /// <summary>Those of some texts that stand anywhere in the agent's files, pages that are free among them.</summary>
    public static IReadOnlyList<string> Holding(World world, IEnumerable<string> texts)
    {
        List<byte[]> files = [.. Files(world).Select(Content)];
        return [.. texts.Where(text => files.Exists(file => file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0))];
    }

    internal static string Identity(TripKey trip) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"trip\0{trip.Meter}\0{trip.Trip}\0{trip.Start}")).AsSpan(0, 16));

    private static string[] Files(World world) => [.. Directory.GetFiles(world.Places.Outbox).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))];

    private static DatabaseCopy Copy(World world)
    {
        if (world.OtherStore)
            throw new ScenarioSkipped("it reads SQLite's own file, and this agent's outbox is another");
        string database = Path.Combine(world.Places.Outbox, "outbox.db");
        if (!File.Exists(database))
            throw world.ForeignAgent ? new ScenarioSkipped("this agent's database has another name") : new ScenarioFailed("the agent has no database in its outbox");
        string copy = Path.Combine(world.Places.Root, "copy.db");
        File.Copy(database, copy, overwrite: true);
        return new DatabaseCopy(copy);
    }

    private static byte[] Content(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
