using System.Text;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Setup;

/// <summary>How the secrets are kept.</summary>
internal enum VaultKind
{
    /// <summary>Files that only root reads; systemd hands them to the agent.</summary>
    Files,

    /// <summary>Files that only this board can decrypt, made by <c>systemd-creds</c>.</summary>
    Encrypted,
}

/// <summary>The secrets on the disk. A secret is never an argument of a program: it goes through a pipe.</summary>
internal sealed class Vault(Places places)
{
    private const string Program = "systemd-creds";

    /// <summary>Encrypting asks the TPM where there is one.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>How the secrets are kept now; files, where there are none yet.</summary>
    public VaultKind Present => Directory.Exists(places.Encrypted) && Directory.EnumerateFiles(places.Encrypted).Any() ? VaultKind.Encrypted : VaultKind.Files;

    /// <summary>What is there now.</summary>
    /// <exception cref="CommandFailedException">A secret cannot be read or decrypted.</exception>
    public async Task<Dictionary<ConfigurationKey, string>> ReadAsync(CancellationToken stop)
    {
        var found = new Dictionary<ConfigurationKey, string>();
        foreach (var key in Keys.All.Where(key => key.Secret))
        {
            var (plain, encrypted) = (Path.Combine(places.Plain, key.Credential!), Path.Combine(places.Encrypted, key.Credential!));
            try
            {
                if (File.Exists(encrypted))
                    found[key] = Encoding.UTF8.GetString(await RunAsync(["decrypt", $"--name={key.Credential}", encrypted, "-"], [], stop)).TrimEnd('\r', '\n');
                else if (File.Exists(plain))
                    found[key] = CredentialSource.Read(plain);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                throw new CommandFailedException(ExitCode.NoPermission, $"the credential {plain} cannot be read: run this as root, or delete it and give the key anew", inner: fault);
            }
        }

        return found;
    }

    /// <summary>The files to write so that the secrets are these: only those that change.</summary>
    public async Task<IReadOnlyList<(string Path, byte[] Bytes)>> PlanAsync(
        VaultKind kind, IReadOnlyDictionary<ConfigurationKey, string> now, IReadOnlyDictionary<ConfigurationKey, string> then, CancellationToken stop)
    {
        var files = new List<(string, byte[])>();
        foreach (var (key, text) in then.OrderBy(secret => secret.Key.Credential, StringComparer.Ordinal))
        {
            var path = Path.Combine(kind == VaultKind.Files ? places.Plain : places.Encrypted, key.Credential!);
            if (File.Exists(path) && now.TryGetValue(key, out var present) && present == text)
                continue;
            var bytes = Encoding.UTF8.GetBytes(text);
            files.Add((path, kind == VaultKind.Files ? bytes : await RunAsync(["encrypt", $"--name={key.Credential}", "-", "-"], bytes, stop)));
        }

        if (kind == VaultKind.Encrypted && DropIn(then.Keys) is var bytesOfDropIn && !(SafeFile.Read(places.DropIn)?.AsSpan().SequenceEqual(bytesOfDropIn) ?? false))
            files.Add((places.DropIn, bytesOfDropIn));
        return files;
    }

    /// <summary>Files of the other kind, which have had their day.</summary>
    public IReadOnlyList<string> Outdated(VaultKind kind)
    {
        var directory = kind == VaultKind.Files ? places.Encrypted : places.Plain;
        var files = Keys.All.Where(key => key.Secret).Select(key => Path.Combine(directory, key.Credential!)).Where(File.Exists).ToList();
        // First, so that systemd does not look for what is no more.
        if (kind == VaultKind.Files && File.Exists(places.DropIn))
            files.Insert(0, places.DropIn);
        return files;
    }

    // An empty assignment forgets what the unit itself names: the plain files, which are not there.
    private byte[] DropIn(IEnumerable<ConfigurationKey> keys)
    {
        var text = new StringBuilder("# Written by `taximeter-agent setup`.\n[Service]\nLoadCredential=\n");
        foreach (var key in keys.OrderBy(key => key.Credential, StringComparer.Ordinal))
            text.Append("LoadCredentialEncrypted=").Append(key.Credential).Append(':').Append(places.KnownEncrypted).Append('/').Append(key.Credential).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<byte[]> RunAsync(string[] arguments, byte[] input, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        try
        {
            if (await SystemTool.ConvertAsync(Program, arguments, input, patience.Token) is not { } end)
                throw new CommandFailedException(ExitCode.NotFound, $"{Program} cannot be started; use --credentials files, or install systemd 250 or newer");
            return end is { ExitCode: 0, Output.Length: > 0 }
                ? end.Output
                : throw new CommandFailedException(ExitCode.InputOutput, $"{Program} {arguments[0]} ended with {end.ExitCode}: {Shown.Plain(end.Error)}");
        }
        catch (OperationCanceledException fault) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailedException(ExitCode.TryAgain, $"{Program} did not end within {s_patience.TotalSeconds:0} seconds", inner: fault);
        }
    }
}
