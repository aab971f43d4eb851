using System.Diagnostics.CodeAnalysis;

namespace TaximeterAgent.Control;

/// <summary>What came of a question to the agent: a value, or why there is none.</summary>
internal readonly struct Answer<T>
    where T : class
{
    private readonly Problem? _problem;

    private Answer(T? value, Problem? problem)
    {
        Value = value;
        _problem = problem;
    }

    public T? Value { get; }

    public static Answer<T> Of(T value) => new(value, null);

    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Problem problem) => new(null, problem);

    /// <summary>True with the value; false with why there is none.</summary>
    public bool Succeeded([NotNullWhen(false)] out Problem? problem, [NotNullWhen(true)] out T? value)
    {
        value = Value;
        problem = value is null ? _problem ?? Problem.Internal : null;
        return value is not null;
    }
}

/// <summary>Why a question has no answer, as the socket says it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">A word for programs; stable.</param>
/// <param name="Message">A sentence for people, that says what to do where something can be done.</param>
/// <param name="Candidates">The trips that could be meant.</param>
internal sealed record Problem(int Status, string Error, string Message, IReadOnlyList<string>? Candidates = null)
{
    /// <summary>The word of <see cref="Unreadable"/>.</summary>
    public const string UnreadableError = "outbox-unreadable";

    public static Problem Internal { get; } = new(500, "internal", "The agent made a mistake; its log says which.");

    public static Problem Starting { get; } = new(503, "starting", "The agent is starting or stopping. Try again in a moment.");

    public static Problem TooBusy { get; } = new(503, "busy", "The agent has too much waiting and did not take the request. Try again in a moment.");

    public static Problem NoAnswer { get; } = new(503, "no-answer", "The agent's engine did not answer within 5 seconds; nothing was changed. Try again, and look at the agent's log.");

    public static Problem NotCertain { get; } =
        new(503, "not-certain", "The order was taken, but it is not certain that it is stored. Look at the trip before ordering again; the same order twice does no harm.");

    public static Problem StoreFull { get; } = new(503, "store-full", "The outbox has no room: nothing new is begun until the disk has. Make room and try again.");

    public static Problem TooManyWatch { get; } =
        new(503, "too-many-watch", $"{Watch.WatchBus.WatchersMaximum} watch already. Stop one of them and try again.");

    public static Problem Unreadable(string why) => new(503, UnreadableError, $"The outbox cannot be read: {why}");

    public static Problem BadRequest(string message) => new(400, "bad-request", message);

    public static Problem UnknownTrip(string id) => new(404, "unknown-trip", $"There is no trip {Configuration.Shown.Quoted(id)}. Name it by the meter's number, by meter/trip/start, or by its booking.");

    public static Problem Ambiguous(string id, IReadOnlyList<string> candidates) =>
        new(409, "ambiguous", $"{Configuration.Shown.Quoted(id)} is the number of {candidates.Count} trips. Name one by meter/trip/start.", candidates);

    public static Problem NotPossible(string error, string message) => new(422, error, message);
}
