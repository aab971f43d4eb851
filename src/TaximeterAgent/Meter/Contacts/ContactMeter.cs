using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>
/// What the contacts mean: which trip begins, which is over and asks for its amount, which was paid at the meter. A pure function of the state before and of the
/// levels now; edges that nobody saw show as levels that do not follow from the last ones.
/// </summary>
/// <remarks>In doubt it asks: a question too many costs the driver a key, a fare that nobody asked for is lost.</remarks>
internal static class ContactMeter
{
    /// <summary>Amounts that wait to be keyed. Of more the oldest is let go, and the history says so.</summary>
    public const int AskedMaximum = 10;

    /// <summary>What lasts less is no ride and no end of one, but a contact that bounced.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Takes the contacts' levels.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="levels">How they stand.</param>
    /// <param name="at">The car's clock.</param>
    /// <param name="ages">How long things have lasted.</param>
    public static ContactChange Take(ContactState state, ContactLevels levels, DateTimeOffset at, ContactAges ages)
    {
        if (levels == state.Levels)
            return new ContactChange(state, []);
        var events = new List<ContactEvent>();
        var before = state.Levels;
        var was = before?.Position ?? OperatingPosition.ForHire;
        var now = levels.Position;
        var next = state with { Levels = levels };
        if (now != was || before is null)
            next = Move(next, was, now, at, ages, events);
        // Paid at the meter: seen as it happens, or found so together with a stop that nobody saw.
        if (levels.Paid && before?.Paid != true)
            next = AtTheMeter(next, now, events);
        return new ContactChange(next, events);
    }

    /// <summary>The amount of a trip was taken, or the driver says that there is none: it is not asked for any more.</summary>
    public static ContactState Answered(ContactState state, long number) => state with { Asked = [.. state.Asked.Where(trip => trip.Number != number)] };

    private static ContactState Move(ContactState state, OperatingPosition was, OperatingPosition now, DateTimeOffset at, ContactAges ages, List<ContactEvent> events)
    {
        var last = state.Asked is [.., var newest] && newest.Number == state.Count ? newest : null;
        var bounced = was == OperatingPosition.ForHire && ages.Position < Shortest;
        switch (now)
        {
            case OperatingPosition.Hired when last is not null && (bounced || (was == OperatingPosition.Stopped && ages.Position is not null)):
                // Hired again without having been for hire: the same passenger, the meter runs on.
                events.Add(new ContactEvent(ContactEventKind.GoesOn, last));
                return state with { Running = last with { Stopped = null }, Asked = [.. state.Asked.SkipLast(1)] };
            case OperatingPosition.Hired:
                return Begin(Lost(state, at, events), at, ContactEventKind.Began, events);
            case OperatingPosition.Stopped when state.Running is { } running:
                return Ask(state with { Running = null }, running with { Stopped = at }, ContactEventKind.Stopped, events);
            case OperatingPosition.Stopped when last is not null && bounced:
                return state;
            case OperatingPosition.Stopped:
                // Nobody saw it begin.
                var begun = Begin(state, at, ContactEventKind.StoppedOnly, events);
                return Ask(begun with { Running = null }, begun.Running! with { Stopped = at }, ContactEventKind.Stopped, events);
            case OperatingPosition.ForHire when state.Running is { } brief && ages.Running < Shortest:
                events.Add(new ContactEvent(ContactEventKind.TooShort, brief));
                return state with { Running = null };
            default:
                return Lost(state, at, events);
        }
    }

    // A trip runs although the meter is past it: its stop was too short to be seen, or came while nobody looked.
    private static ContactState Lost(ContactState state, DateTimeOffset at, List<ContactEvent> events) =>
        state.Running is { } running ? Ask(state with { Running = null }, running with { Stopped = at }, ContactEventKind.StopMissed, events) : state;

    private static ContactState Begin(ContactState state, DateTimeOffset at, ContactEventKind kind, List<ContactEvent> events)
    {
        var trip = new ContactTrip(state.Count + 1, at);
        events.Add(new ContactEvent(kind, trip));
        return state with { Count = trip.Number, Running = trip };
    }

    private static ContactState Ask(ContactState state, ContactTrip trip, ContactEventKind kind, List<ContactEvent> events)
    {
        events.Add(new ContactEvent(kind, trip));
        var asked = state.Asked;
        if (asked.Count >= AskedMaximum)
        {
            events.Add(new ContactEvent(ContactEventKind.LetGo, asked[0]));
            asked = [.. asked.Skip(1)];
        }

        return state with { Asked = [.. asked, trip] };
    }

    // Whatever was keyed is a fare by now, and stays one: nothing of it is undone by a contact.
    private static ContactState AtTheMeter(ContactState state, OperatingPosition now, List<ContactEvent> events)
    {
        if (state.Asked is [.., var last] && last.Number == state.Count && now != OperatingPosition.Hired)
        {
            events.Add(new ContactEvent(ContactEventKind.PaidUnkeyed, last));
            return Answered(state, last.Number);
        }

        events.Add(new ContactEvent(ContactEventKind.Paid, null));
        return state;
    }
}

/// <summary>By the monotonic clock; null where it is not known, as after a start or when edges were lost: then nothing is taken for a bounce, nor for the same trip.</summary>
/// <param name="Running">How long the running trip has run since it began.</param>
/// <param name="Position">How long the meter stood as it did before this.</param>
internal readonly record struct ContactAges(TimeSpan? Running, TimeSpan? Position);

/// <summary>The new state, and what a person may read of how it came about.</summary>
internal sealed record ContactChange(ContactState State, IReadOnlyList<ContactEvent> Events);

/// <param name="Kind">What.</param>
/// <param name="Trip">Which trip; null for one that is not asked for.</param>
internal sealed record ContactEvent(ContactEventKind Kind, ContactTrip? Trip);

internal enum ContactEventKind
{
    /// <summary>Hired: a trip begins.</summary>
    Began,

    /// <summary>Stopped, and nobody saw it hired: a trip begins and is over.</summary>
    StoppedOnly,

    /// <summary>Stopped: the amount is asked for.</summary>
    Stopped,

    /// <summary>For hire again, or hired anew, and nobody saw it stopped: the amount is asked for.</summary>
    StopMissed,

    /// <summary>Stopped and hired again: the trip runs on, its amount is not asked for yet.</summary>
    GoesOn,

    /// <summary>Hired for less than a ride takes: no trip.</summary>
    TooShort,

    /// <summary>Paid at the meter before an amount was keyed: it is not asked for any more.</summary>
    PaidUnkeyed,

    /// <summary>Paid at the meter. Noted, nothing else.</summary>
    Paid,

    /// <summary>Too many amounts wait: the oldest is let go.</summary>
    LetGo,
}
