using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Trust;

namespace TaximeterAgent.Fleet;

/// <summary>The broker is RabbitMQ. Nothing of its library is used, or loaded, outside of this and <see cref="RabbitSession"/>.</summary>
internal sealed class RabbitLink(RelayOptions options, CarAddress car, string name) : IFleetLink
{
    private const ushort NotAllowed = 530;

    public async Task<IFleetSession> OpenAsync(CancellationToken stop)
    {
        try
        {
            var connection = await Factory().CreateConnectionAsync(name, stop);
            return await RabbitSession.OfAsync(connection, car, options.User, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException and not FleetAwayException)
        {
            throw Explain(e);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new FleetAwayException(FleetCause.Unreachable, "no answer in time", e);
        }
    }

    /// <summary>What the library's exception means.</summary>
    internal static FleetAwayException Explain(Exception thrown)
    {
        var all = All(thrown).ToList();
        if (all.OfType<FleetAwayException>().FirstOrDefault() is { } known)
            return known;
        // What the platform has against a handshake is beneath it; a certificate that is refused has nothing there.
        if (all.OfType<AuthenticationException>().FirstOrDefault() is { InnerException: not null })
            return new FleetAwayException(FleetCause.Unreachable, $"no TLS handshake, and nothing older than TLS 1.2 is taken: {Shown.Plain(all[^1].Message)}", thrown);
        if (all.OfType<AuthenticationException>().FirstOrDefault() is not null)
            return new FleetAwayException(FleetCause.Certificate, "its certificate is not from the expected authority, or not for this name", thrown);
        if (all.Any(e => e is AuthenticationFailureException or PossibleAuthenticationFailureException))
            return new FleetAwayException(FleetCause.Refused, "it refuses the car's user or password", thrown);
        if (all.OfType<OperationInterruptedException>().FirstOrDefault() is { ShutdownReason: { } reason })
        {
            return reason.ReplyCode is Constants.AccessRefused or Constants.NotFound or NotAllowed
                ? new FleetAwayException(FleetCause.NotAdded, Shown.Plain(reason.ReplyText), thrown)
                : new FleetAwayException(FleetCause.Lost, Shown.Plain(reason.ReplyText), thrown);
        }

        return new FleetAwayException(FleetCause.Unreachable, Shown.Plain(all[^1].Message), thrown);
    }

    private static IEnumerable<Exception> All(Exception thrown)
    {
        for (var e = thrown; e is not null; e = e is AggregateException { InnerExceptions: [var first, ..] } ? first : e.InnerException)
            yield return e;
    }

    private ConnectionFactory Factory()
    {
        var factory = new ConnectionFactory
        {
            Uri = options.Uri!,
            UserName = options.User,
            Password = options.Password,
            // Begun anew by whoever uses it: what was on its way is then known to be unknown, and the waits are the configuration's.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = options.Heartbeat,
            // A mobile network may take seconds for each step.
            RequestedConnectionTimeout = TimeSpan.FromSeconds(20),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(20),
            ContinuationTimeout = TimeSpan.FromSeconds(20),
        };
        factory.Ssl.Version = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (options.CaFile.Length == 0 || !factory.Ssl.Enabled)
            return factory;
        var authorities = AuthorityFile.Read(options.CaFile, out var fault);
        if (fault.Length > 0)
            throw new FleetAwayException(FleetCause.NoAuthority, fault);
        factory.Ssl.CertificateValidationCallback = AuthorityTrust.From(authorities);
        return factory;
    }
}
