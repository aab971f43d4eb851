using System.Text;

namespace TaximeterAgent.Configuration;

/// <summary>Secrets from the directory that systemd makes for <c>LoadCredential=</c>: one file each, readable by the service alone.</summary>
internal static class CredentialSource
{
    public const string Variable = "CREDENTIALS_DIRECTORY";

    private const int Largest = 4096;

    public static void Collect(IReadOnlyDictionary<string, string> environment, Collected collected)
    {
        if (!environment.TryGetValue(Variable, out var directory) || directory.Length == 0)
            return;
        foreach (var key in Keys.All.Where(key => key.Secret))
        {
            var path = Path.Combine(directory, key.Credential!);
            try
            {
                // An empty one is none: the unit sets it where the file is missing, so that the service starts all the same.
                if (File.Exists(path) && Read(path) is { Length: > 0 } secret)
                    collected.Put(key, new RawValue(RawKind.Text, secret, new ConfigurationSource(SourceKind.Credential, path)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                collected.Fault(key.Name, $"the credential {Shown.Plain(path)}, which cannot be read", key.Expected);
            }
        }
    }

    // Editors and echo end a file with a line break; it is never part of a key.
    private static string Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Largest + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Largest)
            throw new IOException("too large");
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimEnd('\r', '\n');
    }
}
