using System.Text.Json;
using System.Text.Json.Serialization;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Payments;

/// <summary>The keys of the sales units whose registrations and payments the relay looks after; each has keys of its own.</summary>
internal sealed class SalesUnitKeys : IDisposable
{
    private readonly Dictionary<string, EPaymentConnection> _connections = [];
    private readonly List<HttpMessageHandler> _handlers = [];
    private readonly Uri _baseUrl;

    private SalesUnitKeys(Uri baseUrl) => _baseUrl = baseUrl;

    /// <summary>All that the keys' file names; none without a file.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used; the message says why and shows no secret.</exception>
    public static SalesUnitKeys Read(RelayOptions options, TimeProvider time)
    {
        var keys = new SalesUnitKeys(new Uri(options.EPayment.BaseUrl));
        if (options.EPayment.KeysFile.Length == 0)
            return keys;
        foreach (var unit in Parse(options.EPayment.KeysFile))
            keys.Add(unit, time);
        return keys;
    }

    /// <summary>The sales units, in the order of the file.</summary>
    public IReadOnlyCollection<string> All => _connections.Keys;

    /// <summary>The connection of a sales unit; null for one whose keys are not here.</summary>
    public EPaymentConnection? Of(string merchantSerialNumber) => _connections.GetValueOrDefault(merchantSerialNumber);

    /// <summary>A sales unit on the configured host.</summary>
    public SalesUnit Unit(string merchantSerialNumber) => new(_baseUrl, merchantSerialNumber);

    public void Dispose()
    {
        foreach (var handler in _handlers)
            handler.Dispose();
    }

    private static KeysEntry[] Parse(string file)
    {
        try
        {
            var mode = File.GetUnixFileMode(file);
            if ((mode & (UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
                throw new InvalidDataException($"{file} can be read by others; chmod 600 it");
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), KeysJson.Default.KeysEntryArray) ?? throw new JsonException();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            // Not the exception's own words: they may show what stands in the file.
            throw new InvalidDataException($"{file}, line {e.LineNumber + 1}: not a list of merchantSerialNumber, clientId, clientSecret and subscriptionKey");
        }
    }

    private void Add(KeysEntry unit, TimeProvider time)
    {
        var client = new EPaymentOptions
        {
            BaseUrl = _baseUrl,
            MerchantSerialNumber = unit.MerchantSerialNumber,
            ClientId = unit.ClientId,
            ClientSecret = unit.ClientSecret,
            SubscriptionKey = unit.SubscriptionKey,
            SystemName = "taximeter-relay",
            PluginName = "taximeter-relay",
        };
        if (client.FindFaults() is [var fault, ..])
            throw new InvalidDataException($"the keys of sales unit {unit.MerchantSerialNumber}: {fault}");
        if (_connections.ContainsKey(unit.MerchantSerialNumber))
            throw new InvalidDataException($"the keys of sales unit {unit.MerchantSerialNumber} are there twice");
        var handler = EPaymentHttpHandler.Create(client);
        _handlers.Add(handler);
        _connections[unit.MerchantSerialNumber] = new EPaymentConnection(client, handler, time);
    }
}

/// <summary>One entry of the keys' file.</summary>
internal sealed record KeysEntry
{
    public required string MerchantSerialNumber { get; init; }

    public required string ClientId { get; init; }

    public required string ClientSecret { get; init; }

    public required string SubscriptionKey { get; init; }

    /// <summary>Which sales unit; never a secret.</summary>
    public override string ToString() => $"sales unit {MerchantSerialNumber}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(KeysEntry[]))]
internal sealed partial class KeysJson : JsonSerializerContext;
