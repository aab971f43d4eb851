using Microsoft.Extensions.Logging;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Webhooks;

/// <summary>
/// The secrets of all active registrations, one file each in <c>Webhooks:SecretsDirectory</c>, named by the registration's id. Looked at again every few seconds,
/// so that a new registration, or the new one of a rotation, is known to every copy without a restart.
/// </summary>
internal sealed partial class WebhookSecrets(RelayOptions options, TimeProvider time, ILogger<WebhookSecrets> log)
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _read;
    private string _seen = "";
    private IReadOnlyList<WebhookVerifier> _verifiers = [];

    /// <summary>What became of a delivery, tried with every active secret.</summary>
    public WebhookVerdict Verify(WebhookRequest request, ReadOnlySpan<byte> body)
    {
        // With no secret at all nothing is genuine.
        var verdict = WebhookVerdict.BadSignature;
        foreach (var verifier in Verifiers())
        {
            verdict = verifier.Verify(request, body);
            if (verdict != WebhookVerdict.BadSignature)
                return verdict;
        }

        return verdict;
    }

    private IReadOnlyList<WebhookVerifier> Verifiers()
    {
        lock (_lock)
        {
            if (_read is { } read && time.GetElapsedTime(read) < s_again)
                return _verifiers;
            _read = time.GetTimestamp();
            try
            {
                Read();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // What was known stays known: a folder that cannot be read for a moment must not make every delivery a forgery.
                Unreadable(options.Webhooks.SecretsDirectory, e.Message);
            }

            return _verifiers;
        }
    }

    private void Read()
    {
        var files = SecretFiles.All(options.Webhooks.SecretsDirectory);
        var seen = string.Join('\n', files.Select(file => $"{file.Name} {file.LastWriteTimeUtc.Ticks} {file.Length}"));
        if (seen == _seen)
            return;
        var secrets = files.Select(file => File.ReadAllText(file.FullName).Trim()).Where(secret => secret.Length > 0).ToList();
        _verifiers = [.. secrets.Chunk(WebhookVerifier.MostSecrets).Select(chunk => new WebhookVerifier(chunk, time, options.Webhooks.Window))];
        _seen = seen;
        Known(secrets.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} webhook secrets are active.")]
    private partial void Known(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook secrets in {Directory} cannot be read: {Reason}")]
    private partial void Unreadable(string directory, string reason);
}
