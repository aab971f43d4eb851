using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Relay.Tests.Bookings;

/// <summary>What cannot be a booking is refused in words that name what is wrong, and never show a number.</summary>
[Collection(Fleet.Name)]
public sealed class BadBookingTests(Services services) : IAsyncLifetime
{
    private RelayCopy? _relay;
    private string _key = "";

    public async Task InitializeAsync()
    {
        if (DebianPackages.Missing is not null)
            return;
        _relay = await RelayCopy.StartAsync(services);
        _key = await _relay.KeyAsync(services, ClientKeys.Bookings);
    }

    public async Task DisposeAsync()
    {
        if (_relay is null)
            return;
        Assert.Equal(404, (await _relay.AskAsync(HttpMethod.Get, "/bookings/never-made", _key)).Status);
        await _relay.DisposeAsync();
    }

    [BrokerTheory]
    [InlineData("id", "\"a b\"")]
    [InlineData("id", "\"\"")]
    [InlineData("id", "17")]
    [InlineData("car", "\"T1\"")]
    [InlineData("car", "null")]
    [InlineData("phone", "\"+4791234567\"")]
    [InlineData("phone", "4791234567")]
    [InlineData("phone", "\"91 23 45 67\"")]
    [InlineData("currency", "\"nok\"")]
    [InlineData("currency", "\"0\"")]
    [InlineData("maximum", "0")]
    [InlineData("maximum", "65000001")]
    [InlineData("maximum", "1.5")]
    [InlineData("maximum", "\"4791234567\"")]
    [InlineData("pickup", "\"\\u0000\"")]
    [InlineData("phoneNumber", "\"4791234567\"")]
    public async Task A_bad_body_names_the_field_and_never_shows_a_number(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["id"] = "\"never-made\"",
            ["car"] = "\"taxi.T1\"",
            ["phone"] = "\"4791234567\"",
            ["currency"] = "\"NOK\"",
            [field] = value,
        };
        var refused = await _relay!.AskAsync(HttpMethod.Post, "/bookings", _key, "{" + string.Join(',', fields.Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}");
        Assert.Equal((400, "bad-request"), (refused.Status, refused["error"]));
        Assert.Contains($"\"{field}\"", refused["message"], StringComparison.Ordinal);
        Assert.DoesNotContain("91234567", refused.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [BrokerTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"4791234567\"")]
    [InlineData("{\"phone\":\"4791234567\"")]
    public async Task What_is_no_booking_at_all_is_refused_in_words(string body)
    {
        var refused = await _relay!.AskAsync(HttpMethod.Post, "/bookings", _key, body);
        Assert.Equal((400, "bad-request"), (refused.Status, refused["error"]));
        Assert.DoesNotContain("4791234567", refused.Text, StringComparison.Ordinal);
    }
}
