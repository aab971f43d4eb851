using System.Text;
using TaximeterAgent.Tests.Masking;

namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>What was given to the agent, and must not come out of it.</summary>
internal sealed class Planted
{
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Secrets => _secrets;

    public IReadOnlyDictionary<string, string> Numbers => _numbers;

    public string Secret(string what, string value) => _secrets[what] = value;

    /// <param name="what">Whose it is.</param>
    /// <param name="national">Eight digits.</param>
    public string Number(string what, string national) => _numbers[what] = national;

    /// <summary>What of it is in a channel; empty for nothing.</summary>
    public IReadOnlyList<string> In(Channel channel)
    {
        // As bytes, for what is no text; and as text, where a blank may have two bytes.
        string[] texts = [Encoding.Latin1.GetString(channel.Content), Encoding.UTF8.GetString(channel.Content)];
        string[] squeezed = [.. texts.Select(PlantedNumbers.Squeezed)];
        return
        [
            .. _secrets.Where(secret => Forms(secret.Value).Any(form => texts[0].Contains(form, StringComparison.Ordinal))).Select(secret => secret.Key),
            .. _numbers.Where(number => !channel.May.Contains(number.Value) && squeezed.Any(text => text.Contains(number.Value, StringComparison.Ordinal))).Select(number => number.Key),
        ];
    }

    /// <summary>As programs write a secret: in an address, in JSON, in a header, in a dump.</summary>
    public static IEnumerable<string> Forms(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return new[]
        {
            secret, Uri.EscapeDataString(secret), secret.Replace("+", "\\u002B", StringComparison.Ordinal), secret.Replace("/", "\\/", StringComparison.Ordinal),
            Convert.ToBase64String(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
        }.Distinct();
    }
}
