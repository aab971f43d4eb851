using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>One line of a screen: a mark that may be coloured, and text that is not. Both without control characters.</summary>
/// <param name="Mark">The level as a word, so that it can be read without colour; empty on a line that goes on.</param>
/// <param name="Rest">What follows it.</param>
/// <param name="Level">For the colour; null for none.</param>
internal readonly record struct ScreenLine(string Mark, string Rest, Level? Level = null)
{
    /// <summary>Without colour, and without blanks at its end.</summary>
    public override string ToString() => (Mark + Rest).TrimEnd();
}
