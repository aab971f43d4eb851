namespace TaximeterAgent.Core.Fares;

/// <summary>
/// What makes a trip the same trip: the meter, its own trip number and the start, byte for byte as the meter said them.
/// A number alone is not enough: meters are replaced and numbers recur.
/// </summary>
public sealed record TripId
{
    /// <summary>The longest a part may be, in characters.</summary>
    public const int PartMaximum = 64;

    /// <exception cref="ArgumentException">A part is empty, longer than <see cref="PartMaximum"/> or holds a control character.</exception>
    public TripId(string meter, string trip, string start)
    {
        Meter = Part(meter, nameof(meter));
        Trip = Part(trip, nameof(trip));
        Start = Part(start, nameof(start));
    }

    /// <summary>The meter's identity.</summary>
    public string Meter { get; }

    /// <summary>The meter's own number of the trip.</summary>
    public string Trip { get; }

    /// <summary>When the trip began, RFC 3339, exactly as the meter wrote it.</summary>
    public string Start { get; }

    /// <summary><c>meter/trip/start</c>.</summary>
    public override string ToString() => $"{Meter}/{Trip}/{Start}";

    /// <summary>
    /// The trips that <see cref="ToString"/> may have written so: more than one where a part holds a slash itself. None for a text that is no trip's.
    /// </summary>
    public static IEnumerable<TripId> Readings(string? text)
    {
        if (text is not { Length: <= 3 * PartMaximum + 2 } || text.Any(char.IsControl))
            yield break;
        for (var i = text.IndexOf('/'); i >= 0; i = text.IndexOf('/', i + 1))
        {
            for (var j = text.IndexOf('/', i + 1); j >= 0; j = text.IndexOf('/', j + 1))
            {
                if (i is > 0 and <= PartMaximum && j - i - 1 is > 0 and <= PartMaximum && text.Length - j - 1 is > 0 and <= PartMaximum)
                    yield return new TripId(text[..i], text[(i + 1)..j], text[(j + 1)..]);
            }
        }
    }

    private static string Part(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        if (value.Length > PartMaximum || value.Any(char.IsControl))
            throw new ArgumentException($"A trip's {name} has 1 to {PartMaximum} characters and no control characters.", name);
        return value;
    }
}
