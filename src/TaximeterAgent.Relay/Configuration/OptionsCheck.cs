using System.Net;

namespace TaximeterAgent.Relay.Configuration;

/// <summary>What is wrong with the options, each with the key's name and what it should be. Values of secrets are never said.</summary>
internal static class OptionsCheck
{
    public static IEnumerable<string> Faults(RelayOptions options)
    {
        if (!Uri.TryCreate(options.Listen, UriKind.Absolute, out var listen) || listen.Scheme != Uri.UriSchemeHttp || listen.PathAndQuery != "/")
            yield return "Listen: http://ADDRESS:PORT without a path";
        if (!Uri.TryCreate(options.Broker.Uri, UriKind.Absolute, out var broker) || broker.Scheme is not ("amqps" or "amqp") || broker.UserInfo.Length > 0 || broker.AbsolutePath.Length < 2)
            yield return "Broker:Uri: amqps://HOST[:PORT]/VHOST, without user and password";
        else if (broker.Scheme == "amqp" && !(IPAddress.TryParse(broker.Host, out var address) ? IPAddress.IsLoopback(address) : broker.Host == "localhost"))
            yield return "Broker:Uri: amqp:// is unencrypted and only for a loopback address; use amqps://";
        if (options.Broker.User.Length == 0)
            yield return "Broker:User: missing";
        if (options.Broker.Password.Length == 0)
            yield return "Broker:Password: missing; set RELAY_Broker__Password or the credential Broker__Password";
        if (options.Broker.CaFile.Length > 0 && !File.Exists(options.Broker.CaFile))
            yield return $"Broker:CaFile: there is no {options.Broker.CaFile}";
        if (options.Broker.ConfirmTimeout <= TimeSpan.Zero || options.Broker.ConfirmTimeout > TimeSpan.FromSeconds(8))
            yield return "Broker:ConfirmTimeout: more than zero, at most 8 seconds";
        if (options.Broker.Reconnect < TimeSpan.FromMilliseconds(10) || options.Broker.Reconnect > TimeSpan.FromMinutes(1))
            yield return "Broker:Reconnect: 10 ms to 1 minute";
        if (options.Broker.Channels is < 1 or > 64)
            yield return "Broker:Channels: 1 to 64";
        if (options.Database.ConnectionString.Length == 0)
            yield return "Database:ConnectionString: missing; set RELAY_Database__ConnectionString or the credential Database__ConnectionString";
        if (options.Webhooks.Window <= TimeSpan.Zero || options.Webhooks.Window > TimeSpan.FromHours(1))
            yield return "Webhooks:Window: more than zero, at most an hour";
        if (options.Webhooks.PublicUrl.Length > 0 && (!Uri.TryCreate(options.Webhooks.PublicUrl, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps))
            yield return "Webhooks:PublicUrl: https://HOST/webhooks/vipps; the payment service delivers to no other";
        if (options.Bookings.CancelWait < TimeSpan.Zero || options.Bookings.CancelWait > TimeSpan.FromSeconds(20))
            yield return "Bookings:CancelWait: 0 to 20 seconds";
        if (options.Bookings.Resend < TimeSpan.FromMilliseconds(50) || options.Bookings.Resend > TimeSpan.FromMinutes(10))
            yield return "Bookings:Resend: 50 ms to 10 minutes";
        if (options.Bookings.Keep < TimeSpan.FromDays(1) || options.Bookings.Keep > TimeSpan.FromDays(3650))
            yield return "Bookings:Keep: 1 day to 10 years";
        if (options.Stranded.After <= TimeSpan.Zero || options.Stranded.After > TimeSpan.FromDays(7))
            yield return "Stranded:After: more than zero, at most 7 days";
        if (options.Stranded.Every < TimeSpan.FromMilliseconds(50) || options.Stranded.Every > TimeSpan.FromDays(1))
            yield return "Stranded:Every: 50 ms to 1 day";
        if (!Uri.TryCreate(options.EPayment.BaseUrl, UriKind.Absolute, out var service) || service.Scheme is not ("https" or "http"))
            yield return "EPayment:BaseUrl: https://HOST";
        if (options.EPayment.KeysFile.Length > 0 && !File.Exists(options.EPayment.KeysFile))
            yield return $"EPayment:KeysFile: there is no {options.EPayment.KeysFile}";
    }
}
