using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Cli.Setup;

/// <summary>Where <c>setup</c> writes, on this board or into the tree of an image.</summary>
internal sealed class Places
{
    private const string Service = CommandLine.Name + ".service";

    /// <param name="config">The configuration file as the agent will know it.</param>
    /// <param name="root">The tree; empty for this board itself.</param>
    public Places(string config, string root)
    {
        Root = root.Length == 0 ? "" : Path.GetFullPath(root);
        Known = Path.GetFullPath(config);
        Config = Root + Known;
        Plain = CredentialSource.Beside(Config);
        KnownEncrypted = CredentialSource.EncryptedBeside(Known);
        Encrypted = Root + KnownEncrypted;
        DropIn = Path.Combine(Root + "/etc/systemd/system", Service + ".d", "credentials.conf");
        // Only root can give a file to a group that it is not in itself.
        Group = Environment.IsPrivilegedProcess ? GroupFile.NumberOf(Root + GroupFile.Here, CommandLine.Name) : null;
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
}
