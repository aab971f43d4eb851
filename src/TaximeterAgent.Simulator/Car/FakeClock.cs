namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// A board's clock that is wrong: Debian's libfaketime, preloaded into the agent's process, moves what every clock call of the C library says of the date. The monotonic clock
/// goes on as it is, as it does on a board whose date is corrected.
/// </summary>
internal sealed class FakeClock
{
    private readonly string _file;

    private FakeClock(string library, string file)
    {
        _file = file;
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_NO_CACHE"] = "1", // read at each call: a change is seen at once
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1", // its name until version 0.9.6
            ["NO_FAKE_STAT"] = "1",
        };
    }

    /// <summary>What the process must be given.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>A clock that is right until it is set; null where libfaketime is not installed.</summary>
    /// <param name="file">Where it is kept how wrong the clock is.</param>
    public static FakeClock? Find(string file)
    {
        const string root = "/usr/lib";
        string? library = Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, "*-linux-*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            : null;
        if (library is null)
            return null;
        var clock = new FakeClock(library, file);
        clock.Set(0);
        return clock;
    }

    /// <summary>The clock is so many days ahead of the true time, behind it if negative. Takes effect at once, in a process that runs, too.</summary>
    public void Set(int days)
    {
        // In one step: a file that is only half written would be a third time.
        string next = _file + ".next";
        File.WriteAllText(next, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{days:+0;-0;+0}d\n"));
        File.Move(next, _file, overwrite: true);
    }
}
