using System.Text.Json;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>The file of the sales units' keys, with the simulated service's.</summary>
internal static class KeysFile
{
    /// <summary>Writes it, for nobody else to read, and points the options to it and to the service.</summary>
    public static void Configure(Services services, RelayOptions options, Uri service)
    {
        options.EPayment.BaseUrl = service.AbsoluteUri.TrimEnd('/');
        options.EPayment.KeysFile = services.PathOf("keys");
        Write(options.EPayment.KeysFile, ServerDefaults.Keys.ClientSecret);
    }

    /// <summary>The file for the first sales unit.</summary>
    public static void Write(string path, string clientSecret, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var unit = new { merchantSerialNumber = ServerDefaults.Msn, clientId = ServerDefaults.ClientId, clientSecret, subscriptionKey = ServerDefaults.SubscriptionKey };
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(new[] { unit }));
        File.SetUnixFileMode(path, mode);
    }
}
