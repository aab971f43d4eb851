namespace TaximeterAgent.Driver.Screens;

/// <summary>Sets text in a line of the display.</summary>
/// <param name="Columns">Characters that it has.</param>
internal readonly record struct Line(int Columns)
{
    /// <summary>
    /// An amount left, a word right. Where both do not fit the currency goes, which the driver knows; the amount is never cut.
    /// </summary>
    public string Pair(string amount, string word)
    {
        if (amount.Length == 0 || word.Length == 0)
            return amount + (word.Length > Columns ? word[..Columns] : word);
        var number = amount.Length + 1 + word.Length > Columns ? amount.Split(' ')[0] : amount;
        var room = Columns - number.Length - 1;
        var cut = word.Length > room ? word[..Math.Max(0, room)] : word;
        return number + cut.PadLeft(Columns - number.Length);
    }

    /// <summary>Two texts apart, the first left, the second right; the second goes where both do not fit.</summary>
    public string Apart(string left, string right) =>
        right.Length == 0 || left.Length + 1 + right.Length > Columns ? left : left + right.PadLeft(Columns - left.Length);

    /// <summary>Of a text that is longer than the line the end: that is where the driver types.</summary>
    public string Last(string text) => text.Length > Columns ? text[^Columns..] : text;
}
