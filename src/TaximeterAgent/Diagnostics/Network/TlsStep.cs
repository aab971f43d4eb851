using System.Net.Sockets;
using System.Security.Authentication;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>The handshake and the certificate. Tells a certificate that is wrong from a clock that is.</summary>
internal sealed class TlsStep : NetworkStep
{
    private const string Portal = "a login page of the network, a filter or a proxy stands between: use another network, or have the service's host let through";

    private const string Pinned = "if the service has a new authority, put its root certificate into that file; if not, use another network: somebody stands between";

    public override string Name => "tls";

    public override string WaitsFor => "the payment service's certificate";

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        try
        {
            route.Greeting = await Greeting.OfAsync(route, limit);
        }
        catch (Exception e) when (e is IOException or SocketException && !route.IsEncrypted)
        {
            return StepResult.Skipped("http:// to this machine: there is no TLS");
        }
        catch (AuthenticationException e)
        {
            return StepResult.Broken($"no handshake: {Shown.Plain((e.InnerException ?? e).Message)}", $"what answers at {route.Host} does not speak TLS 1.2 or newer, as the service does", Portal);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return StepResult.Broken($"the connection broke in the handshake: {Shown.Plain(e.Message)}", "something on the way does not let TLS pass", Portal);
        }

        return route.Greeting.Certificate is { } certificate
            ? Judge(route, route.Greeting, certificate)
            : StepResult.Skipped("http:// to this machine: there is no TLS");
    }

    public override StepResult TimedOut(NetworkRoute route) => StepResult.Broken(
        $"no handshake within {route.Limit.TotalSeconds:0.#} s", "the connection is taken, but TLS is not answered", Portal);

    private static StepResult Judge(NetworkRoute route, Greeting greeting, CertificateReport certificate)
    {
        var problems = certificate.Problems;
        var text = Shown.Plain($"{certificate.Protocol}, {certificate.Subject}") + $", valid {StepText.Time(certificate.ValidFrom)} to {StepText.Time(certificate.ValidTo)}"
            + (problems.Count > 0 ? $": {string.Join(", ", problems)}" : "");
        return Verdict() with { Certificate = certificate, Took = greeting.Handshake };

        StepResult Verdict()
        {
            if (problems.Count == 0)
                return StepResult.Ok(text);
            if (problems.Contains("wrong-name"))
                return StepResult.Broken(text, $"the certificate is not for {route.Host}: something else answers under its name", Portal);
            if (route.Authorities is not null && problems.Any(problem => problem is "self-signed" or "unknown-issuer" or "incomplete-chain"))
                return StepResult.Broken(text, NotPinned(route, certificate), Pinned);
            if (problems.Contains("self-signed"))
                return StepResult.Broken(text, "the certificate vouches for itself: something else answers in the service's place", Portal);
            if (problems.Contains("unknown-issuer") || problems.Contains("incomplete-chain"))
            {
                return StepResult.Broken(
                    text, $"this board does not trust the issuer {Shown.Plain(certificate.Issuer)}: something on the way reads along, or ca-certificates is missing or old", Portal);
            }

            return problems.All(problem => problem is "expired" or "not-yet-valid")
                ? OfTime(text, greeting, certificate)
                : StepResult.Broken(text, $"the certificate is not accepted: {string.Join(", ", problems)}", "look at the package ca-certificates; else tell the payment service");
        }
    }

    private static string NotPinned(NetworkRoute route, CertificateReport certificate) => route.Authorities is { Count: 0 }
        ? $"{Keys.CertificateAuthorities.Name} has no certificate that can be read, so nobody is trusted"
        : $"the issuer {Shown.Plain(certificate.Issuer)} is none of those in {Shown.Plain(route.Options.EPayment.CertificateAuthorities)} ({Keys.CertificateAuthorities.Name})";

    // Whose clock does the certificate fit? A server says its time in each answer, and who is believed here decides nothing but this sentence.
    private static StepResult OfTime(string text, Greeting greeting, CertificateReport certificate)
    {
        var fitsServer = greeting.ServerTime is { } server && server >= certificate.ValidFrom && server <= certificate.ValidTo;
        if (fitsServer || (greeting.ServerTime is null && certificate.Problems.Contains("not-yet-valid")))
        {
            return StepResult.Broken(
                text,
                $"the car's clock is wrong: it says {StepText.Time(greeting.CarTime)}"
                    + (greeting.ServerTime is { } time ? $", the server {StepText.Time(time)}; the certificate is good" : ", and no server shows a certificate of the future"),
                ClockStep.Cure) with { Because = ClockStep.StepName };
        }

        return greeting.ServerTime is null
            ? StepResult.Broken(text, $"the certificate is not valid at {StepText.Time(greeting.CarTime)}, if that is the time", $"compare the clock first: {ClockStep.Cure}")
            : StepResult.Broken(text, "the certificate is not valid, and the car's clock is not the reason: the server has the same time", "tell the payment service; or something else answers in its place");
    }
}
