using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Logs;

/// <summary>By what a trip is recognised in the log: its whole name, its payments' references, or its number where it is said to be a trip's.</summary>
internal sealed class TripWords
{
    private readonly List<string> _words;
    private readonly List<string> _numbers;

    /// <param name="given">What the person typed.</param>
    /// <param name="trip">The trip, if somebody knows it.</param>
    public TripWords(string given, TripReport? trip)
    {
        _words = [given, .. trip is null ? [] : trip.References.Append(trip.Id)];
        // A bare number would be found in times, amounts and the car's own name.
        _numbers = [.. new[] { given, trip?.Trip }.OfType<string>().Where(text => text.All(char.IsAsciiLetterOrDigit)).Distinct()];
        _words.RemoveAll(word => _numbers.Contains(word));
    }

    public bool In(string text) =>
        _words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) || _numbers.Any(number => Names(text, $"trip {number}") || Names(text, $"/{number}/") || Names(text, $"-{number}-") || Names(text, $"trip={number}"));

    // The end of the number is the end of a word: trip 47 is not trip 4711.
    private static bool Names(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if (!char.IsAsciiLetterOrDigit(word[^1]) || end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))
                return true;
        }

        return false;
    }
}
