namespace TaximeterAgent.PowerCuts.Recording;

/// <summary>
/// A small disk for one life of the store, a tmpfs in a mount namespace, that the workload fills and empties: so that what the store does on a full disk, and after it, is recorded
/// too. What is on it at the end is brought back to where the next life looks for it.
/// </summary>
internal static class FullDisk
{
    private const string Size = "8m";

    // The same disk has a second name, under which the other program writes: that is not the store's doing, and is not recorded.
    private const string Script = """
        set -u
        root=$1 kept=$1.kept other=$1.other
        shift
        mkdir "$kept" "$other" && mount --bind "$root" "$kept" && mount -t tmpfs -o "size=$SIZE" tmpfs "$root" && mount --bind "$root" "$other" && cp -a "$kept/." "$root/" || exit 1
        "$@"
        code=$?
        rm -f "$other/filler" && rm -rf "$kept"/* && cp -a "$root/." "$kept/" && umount "$other" "$root" "$kept" && rmdir "$kept" "$other" || exit 1
        exit $code
        """;

    /// <summary>The words before the command that is to have it below <paramref name="root"/>.</summary>
    public static IEnumerable<string> Within(string root) => ["unshare", "--mount", "--", "env", $"SIZE={Size}", "sh", "-c", Script, "sh", root];

    /// <summary>Another program takes all the room that there is at every third step of twelve, and gives it back at the ninth.</summary>
    public static void Before(int step, string root)
    {
        var filler = Path.Combine(root + ".other", "filler");
        switch (step % 12)
        {
            case 3:
                Fill(filler);
                break;
            case 9:
                File.Delete(filler);
                break;
        }
    }

    private static void Fill(string filler)
    {
        using var file = File.OpenHandle(filler, FileMode.Create, FileAccess.Write);
        var bytes = new byte[4096];
        try
        {
            for (long at = 0; ; at += bytes.Length)
                RandomAccess.Write(file, bytes, at);
        }
        catch (IOException)
        {
            // It is full.
        }
    }
}
