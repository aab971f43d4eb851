using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaximeterAgent.Configuration;

/// <summary>A file of certificate authorities, as PEM.</summary>
internal static class AuthorityFile
{
    /// <summary>More is no list that somebody chose.</summary>
    private const long Longest = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What is wrong with it; empty if nothing is.</param>
    /// <returns>Its certificates, whether or not they are good today; none if it cannot be used.</returns>
    public static X509Certificate2Collection Read(string path, out string fault)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Longest })
            {
                fault = $"{Shown.Plain(path)} has more than {Longest / 1024} KiB";
                return found;
            }

            found.ImportFromPemFile(path);
            fault = found.Count > 0 ? "" : $"{Shown.Plain(path)} has no certificate";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            fault = $"{Shown.Plain(path)} cannot be read: {Shown.Plain(e.Message)}";
            found.Clear();
        }

        return found;
    }
}
