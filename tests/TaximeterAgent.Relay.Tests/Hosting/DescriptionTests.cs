using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Relay.Bookings;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Hosting;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Hosting;

/// <summary>The OpenAPI document says what there is, no more and no less. Needs neither broker nor database.</summary>
public sealed class DescriptionTests
{
    private readonly JsonNode _document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src/TaximeterAgent.Relay/Hosting/openapi.json")))!;

    [Fact]
    public async Task Each_address_is_described_and_nothing_else_is()
    {
        var options = new RelayOptions();
        options.Broker.Uri = "amqp://localhost/taxi";
        options.Database.ConnectionString = "Host=127.0.0.1;Port=1";
        await using var web = RelayHost.Build(options);
        var mapped = ((IEndpointRouteBuilder)web).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));
        var described = _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_answer_has_the_fields_that_are_described()
    {
        AssertFields("Error", AnswerJson.Default.ErrorAnswer);
        AssertFields("Booking", AnswerJson.Default.BookingView);
        AssertFields("BookingRequest", RequestJson.Default.BookingRequest);
        AssertFields("Car", AnswerJson.Default.CarView);
        AssertFields("CarList", AnswerJson.Default.CarList);
        AssertFields("CarDetail", AnswerJson.Default.CarDetail);
        AssertFields("OpenPayment", AnswerJson.Default.OpenPaymentView);
        AssertFields("StrandedList", AnswerJson.Default.StrandedList);
        AssertFields("Stranded", AnswerJson.Default.StrandedView);
    }

    [Fact]
    public void The_words_are_those_that_there_are()
    {
        Assert.Equal(Enum.GetNames<Currency>().Order(), Words("BookingRequest", "currency").Order());
        string[] states = [BookingState.Accepted, BookingState.InCar, BookingState.Refused, BookingState.Cancelling, BookingState.Cancelled, BookingState.CancelRefused];
        Assert.Equal(states, Words("Booking", "state"));
    }

    [Fact]
    public void Each_reference_in_it_leads_somewhere()
    {
        var schemas = _document["components"]!["schemas"]!.AsObject();
        foreach (var reference in References(_document))
            Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference);
    }

    private void AssertFields(string schema, JsonTypeInfo type) =>
        Assert.Equal(type.Properties.Select(property => property.Name).Order(StringComparer.Ordinal), _document["components"]!["schemas"]![schema]!["properties"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));

    private IEnumerable<string> Words(string schema, string field) => _document["components"]!["schemas"]![schema]!["properties"]![field]!["enum"]!.AsArray().Select(word => word!.GetValue<string>());

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(pair => pair.Key == "$ref" ? [pair.Value!.GetValue<string>()] : References(pair.Value)),
        JsonArray all => all.SelectMany(References),
        _ => [],
    };
}
