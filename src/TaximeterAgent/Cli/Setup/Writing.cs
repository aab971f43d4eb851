using System.Globalization;
using TaximeterAgent.Cli.Control;

namespace TaximeterAgent.Cli.Setup;

/// <summary>
/// Brings what was decided onto the disk: the secrets, then the configuration. Each file is the old or the new one whenever the power is cut; and whatever the
/// mixture, the agent starts or says what is missing, and the same command once more brings it to its end.
/// </summary>
internal sealed class Writing(Places places, TimeProvider time)
{
    /// <summary>Old configurations that are kept; the oldest go.</summary>
    public const int BackupsMaximum = 10;

    private const string BackupTime = "yyyy-MM-dd'T'HH-mm-ss'Z'";

    /// <summary>Of a backup's time, without the letter that ends it.</summary>
    private const int BackupLength = 19;

    /// <summary>What is to be done; nothing of it is done yet.</summary>
    /// <param name="Config">The new configuration file; null if it stays.</param>
    /// <param name="Secrets">The files of secrets that change.</param>
    /// <param name="Outdated">Files to delete at the end.</param>
    /// <param name="WrongAccess">True if a file's owner or mode is to be put right.</param>
    public sealed record Plan(byte[]? Config, IReadOnlyList<(string Path, byte[] Bytes)> Secrets, IReadOnlyList<string> Outdated, bool WrongAccess)
    {
        public bool IsNothing => Config is null && Secrets.Count == 0 && Outdated.Count == 0 && !WrongAccess;
    }

    /// <summary>Compares what is there with what shall be.</summary>
    public Plan Compare(byte[] config, IReadOnlyList<(string Path, byte[] Bytes)> secrets, IReadOnlyList<string> outdated) => new(
        SafeFile.Read(places.Config) is { } present && present.AsSpan().SequenceEqual(config) ? null : config,
        secrets,
        outdated,
        WrongAccess().Any());

    /// <summary>Does it. Gives the files that changed.</summary>
    /// <exception cref="CommandFailedException">Something could not be written; what was written until then is whole.</exception>
    public IReadOnlyList<string> Do(Plan plan)
    {
        var done = new List<string>();
        var at = places.Config;
        try
        {
            foreach (var (path, bytes) in plan.Secrets)
            {
                at = path;
                SafeFile.MakeDirectory(Path.GetDirectoryName(path)!, closed: path != places.DropIn);
                if (path == places.DropIn)
                    SafeFile.MakeDirectory(Path.GetDirectoryName(path)!, closed: false);
                SafeFile.Write(path, bytes, group: null);
                done.Add(path);
            }

            if (plan.Config is not null)
            {
                at = places.Config;
                SafeFile.MakeDirectory(Path.GetDirectoryName(places.Config)!, closed: false);
                if (File.Exists(places.Config))
                    done.Add(KeepOld());
                SafeFile.Write(places.Config, plan.Config, places.Group);
                done.Add(places.Config);
            }

            foreach (var path in plan.Outdated)
            {
                at = path;
                SafeFile.Delete(path);
                done.Add(path);
            }

            foreach (var (path, group) in WrongAccess())
            {
                at = path;
                SafeFile.SetAccess(path, group);
                done.Add(path);
            }

            return done;
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new CommandFailedException(ExitCode.NoPermission, $"{at} may not be written: run this as root", inner: fault);
        }
        catch (IOException fault)
        {
            throw new CommandFailedException(ExitCode.InputOutput, $"{at} cannot be written: {fault.Message}", inner: fault);
        }
    }

    /// <summary>Files that others may read, or the agent may not.</summary>
    public IEnumerable<(string Path, uint? Group)> WrongAccess()
    {
        foreach (var directory in new[] { places.Plain, places.Encrypted }.Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(directory).Where(path => !SafeFile.HasAccess(path, null)))
                yield return (path, null);
        }

        if (File.Exists(places.Config) && !SafeFile.HasAccess(places.Config, places.Group))
            yield return (places.Config, places.Group);
    }

    // For its owner alone, whatever the file's own mode was: it may still hold secrets.
    private string KeepOld()
    {
        var name = $"{places.Config}.{time.GetUtcNow().ToString(BackupTime, CultureInfo.InvariantCulture)}";
        var path = name;
        for (var again = 2; File.Exists(path) && again <= BackupsMaximum; again++)
            path = string.Create(CultureInfo.InvariantCulture, $"{name}-{again}");
        SafeFile.Write(path, File.ReadAllBytes(places.Config), group: null);
        var old = Directory.EnumerateFiles(Path.GetDirectoryName(places.Config)!).Where(file => file != path && IsBackup(file)).OrderDescending(StringComparer.Ordinal);
        foreach (var file in old.Skip(BackupsMaximum - 1))
            SafeFile.Delete(file);
        return path;
    }

    // Ours alone: what somebody else has put beside the file stays.
    private bool IsBackup(string file)
    {
        var name = places.Config + ".";
        return file.Length > name.Length + BackupLength && file.StartsWith(name, StringComparison.Ordinal) && DateTime.TryParseExact(
            file.AsSpan(name.Length, BackupLength + 1), BackupTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
