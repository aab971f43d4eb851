using System.Text;

namespace TaximeterAgent.Configuration;

/// <summary>
/// Secrets from the directory that systemd makes for <c>LoadCredential=</c>: one file each, readable by the service alone. Where there is no such directory, as in
/// a technician's shell, they are read from the place that systemd takes them from, if the user may: so a check there sees what the agent will see.
/// </summary>
internal static class CredentialSource
{
    public const string Variable = "CREDENTIALS_DIRECTORY";

    private const int Largest = 4096;

    /// <summary>Where <c>setup</c> writes them: the directory beside the configuration file that the unit names.</summary>
    public static string Beside(string file) => Path.Combine(Path.GetDirectoryName(file) ?? "/", "credentials");

    /// <summary>Where <c>setup</c> writes them encrypted, if it was told to: only systemd hands them out, and only to the service.</summary>
    public static string EncryptedBeside(string file) => Beside(file) + ".encrypted";

    public static void Collect(IReadOnlyDictionary<string, string> environment, string file, Collected collected)
    {
        string? encrypted = null;
        if (!environment.TryGetValue(Variable, out var directory) || directory.Length == 0)
            (directory, encrypted) = (Beside(file), EncryptedBeside(file));
        foreach (var key in Keys.All.Where(key => key.Secret))
        {
            var path = Path.Combine(directory, key.Credential!);
            try
            {
                // An empty one is none: the unit sets it where the file is missing, so that the service starts all the same.
                if (File.Exists(path) && Read(path) is { Length: > 0 } secret)
                    collected.Put(key, new RawValue(RawKind.Text, secret, new ConfigurationSource(SourceKind.Credential, path)));
                else if (encrypted is not null && Path.Combine(encrypted, key.Credential!) is var closed && File.Exists(closed))
                    collected.Encrypted[key] = closed;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                collected.Fault(key.Name, $"the credential {Shown.Plain(path)}, which cannot be read", key.Expected);
            }
        }
    }

    /// <summary>Reads one secret.</summary>
    /// <exception cref="IOException">It is not there, cannot be read, or is too large.</exception>
    /// <exception cref="DecoderFallbackException">It is no text.</exception>
    // Editors and echo end a file with a line break; it is never part of a key.
    internal static string Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Largest + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Largest)
            throw new IOException("too large");
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimEnd('\r', '\n');
    }
}
