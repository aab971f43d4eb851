using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Trust;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>What the server says to a stranger: its certificate, whatever that is worth, and its time. No key is sent on such a connection.</summary>
internal sealed record Greeting
{
    private const int MostHead = 16 * 1024;

    /// <summary>A server that shakes hands and then says nothing is not waited for longer.</summary>
    private static readonly TimeSpan s_headPatience = TimeSpan.FromSeconds(4);

    /// <summary>Null over plain HTTP.</summary>
    public CertificateReport? Certificate { get; init; }

    /// <summary>Of TLS alone.</summary>
    public TimeSpan Handshake { get; init; }

    /// <summary>The server's own clock, by its <c>Date</c>; null if it did not say.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>The car's clock when the server said its own.</summary>
    public DateTimeOffset CarTime { get; init; }

    /// <summary>Greets the server at the address that took a connection.</summary>
    /// <exception cref="AuthenticationException">There was no handshake.</exception>
    /// <exception cref="IOException">The connection broke in the handshake.</exception>
    /// <exception cref="SocketException">It is not there any more.</exception>
    public static async Task<Greeting> OfAsync(NetworkRoute route, CancellationToken limit)
    {
        var to = route.Reached ?? throw new InvalidOperationException("No address took a connection.");
        using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to, limit);
        await using var plain = new NetworkStream(socket);
        if (!route.IsEncrypted)
            return await WithTimeAsync(new Greeting(), plain, route, limit);

        CertificateReport? shown = null;
        await using var tls = new SslStream(plain);
        var begun = route.Time.GetTimestamp();
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = route.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                // All are taken here, so that one that is not right can be described. Nothing that is worth anything goes over this connection.
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    shown = Describe(certificate, chain, errors, route.Authorities, route.Time.GetUtcNow());
                    return true;
                },
            },
            limit);
        var greeting = new Greeting
        {
            Certificate = (shown ?? throw new AuthenticationException("The server showed no certificate.")) with { Protocol = Name(tls.SslProtocol) },
            Handshake = route.Time.GetElapsedTime(begun),
        };
        return await WithTimeAsync(greeting, tls, route, limit);
    }

    private static CertificateReport? Describe(X509Certificate? certificate, X509Chain? offered, SslPolicyErrors errors, X509Certificate2Collection? authorities, DateTimeOffset now)
    {
        if (certificate is null)
            return null;
        using var leaf = new X509Certificate2(certificate);
        var problems = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            problems.Add("wrong-name");
        // Where the car trusts only some, theirs is the chain that counts.
        using var own = authorities is null ? null : AuthorityTrust.ChainTo(authorities, offered);
        own?.Build(leaf);
        if ((own ?? offered) is { } chain)
        {
            var flags = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
            foreach (var flag in Enum.GetValues<X509ChainStatusFlags>().Where(flag => flag != X509ChainStatusFlags.NoError && flags.HasFlag(flag)))
                problems.Add(Word(flag, leaf, chain, now));
        }

        return new CertificateReport
        {
            Subject = leaf.Subject,
            Issuer = leaf.Issuer,
            ValidFrom = Utc(leaf.NotBefore),
            ValidTo = Utc(leaf.NotAfter),
            Problems = [.. problems.Distinct()],
            Protocol = "",
        };
    }

    private static string Word(X509ChainStatusFlags flag, X509Certificate2 leaf, X509Chain chain, DateTimeOffset now) => flag switch
    {
        X509ChainStatusFlags.NotTimeValid => chain.ChainElements.Any(element => Utc(element.Certificate.NotBefore) > now) ? "not-yet-valid" : "expired",
        X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain when leaf.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData) => "self-signed",
        X509ChainStatusFlags.UntrustedRoot => "unknown-issuer",
        X509ChainStatusFlags.PartialChain => "incomplete-chain",
        X509ChainStatusFlags.Revoked => "revoked",
        _ => Kebab.Of(flag),
    };

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };

    private static async Task<Greeting> WithTimeAsync(Greeting greeting, Stream stream, NetworkRoute route, CancellationToken limit)
    {
        using var patience = new CancellationTokenSource(s_headPatience, route.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, limit);
        try
        {
            var question = $"HEAD / HTTP/1.1\r\nHost: {route.Service.Authority}\r\nUser-Agent: {Cli.CommandLine.Name}\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(question), either.Token);
            var head = await ReadHeadAsync(stream, either.Token);
            return greeting with { ServerTime = DateOf(head), CarTime = route.Time.GetUtcNow() };
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // It has shaken hands, which is what was asked; whether there is an HTTP service behind it the next steps find out.
            return greeting with { CarTime = route.Time.GetUtcNow() };
        }
    }

    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken limit)
    {
        var buffer = new byte[MostHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), limit);
            if (read == 0)
                break;
            length += read;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
                break;
        }

        return Encoding.Latin1.GetString(buffer, 0, length);
    }

    private static DateTimeOffset? DateOf(string head)
    {
        const string name = "Date:";
        if (!head.StartsWith("HTTP/", StringComparison.Ordinal))
            return null;
        var line = head.Split("\r\n").TakeWhile(one => one.Length > 0).FirstOrDefault(one => one.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is not null && DateTimeOffset.TryParseExact(line[name.Length..].Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
    }
}
