using System.Globalization;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>Where <c>setup</c> writes, on this board or into the tree of an image.</summary>
internal sealed class Places
{
    private const string GroupFile = "etc/group";
    private const string Service = CommandLine.Name + ".service";

    /// <param name="config">The configuration file as the agent will know it.</param>
    /// <param name="root">The tree; empty for this board itself.</param>
    public Places(string config, string root)
    {
        Root = root.Length == 0 ? "" : Path.GetFullPath(root);
        Known = Path.GetFullPath(config);
        Config = Root + Known;
        Plain = CredentialSource.Beside(Config);
        KnownEncrypted = CredentialSource.Beside(Known) + ".encrypted";
        Encrypted = Root + KnownEncrypted;
        DropIn = Path.Combine(Root + "/etc/systemd/system", Service + ".d", "credentials.conf");
        // Only root can give a file to a group that it is not in itself.
        Group = Environment.IsPrivilegedProcess ? GroupNamed(Path.Combine(Root + "/", GroupFile), CommandLine.Name) : null;
    }

    /// <summary>Empty for this board itself.</summary>
    public string Root { get; }

    /// <summary>True if this is the board that is set up, so that its devices can be looked at.</summary>
    public bool IsThisBoard => Root.Length == 0;

    /// <summary>The configuration file as the agent knows it.</summary>
    public string Known { get; }

    /// <summary>The same as it is written here.</summary>
    public string Config { get; }

    /// <summary>The secrets, a file each, as the unit's <c>LoadCredential=</c> reads them.</summary>
    public string Plain { get; }

    /// <summary>The secrets as <c>systemd-creds</c> has encrypted them.</summary>
    public string Encrypted { get; }

    public string KnownEncrypted { get; }

    /// <summary>What tells systemd to read the encrypted ones instead.</summary>
    public string DropIn { get; }

    /// <summary>The agent's group, which reads the configuration file; null where there is none, or this user may not give files to it.</summary>
    public uint? Group { get; }

    private static uint? GroupNamed(string file, string name)
    {
        try
        {
            foreach (var line in File.ReadLines(file).Take(10_000))
            {
                var fields = line.Split(':');
                if (fields.Length >= 3 && fields[0] == name && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                    return number;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A tree without groups.
        }

        return null;
    }
}
