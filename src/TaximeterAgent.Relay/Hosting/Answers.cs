using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using TaximeterAgent.Relay.Bookings;
using TaximeterAgent.Relay.Cars;
using TaximeterAgent.Relay.Payments;

namespace TaximeterAgent.Relay.Hosting;

/// <summary>Every answer that is not 2xx.</summary>
/// <param name="Error">A word for programs.</param>
/// <param name="Message">A sentence for people: what is wrong and what to do.</param>
internal sealed record ErrorAnswer(string Error, string Message);

/// <summary>Answers that several endpoints give.</summary>
internal static class Answers
{
    public static IResult DatabaseAway => Problem(503, "database-away", "The relay's database does not answer; nothing was changed. Try again shortly.");

    public static IResult Problem(int status, string error, string message) =>
        TypedResults.Json(new ErrorAnswer(error, message), AnswerJson.Default.ErrorAnswer, statusCode: status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(BookingView))]
[JsonSerializable(typeof(CarList))]
[JsonSerializable(typeof(CarDetail))]
[JsonSerializable(typeof(StrandedList))]
internal sealed partial class AnswerJson : JsonSerializerContext;

// A misspelled name in an order must not be passed over.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BookingRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
