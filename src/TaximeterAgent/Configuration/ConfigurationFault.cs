namespace TaximeterAgent.Configuration;

/// <summary>One thing that is wrong: where, what was found there, what belongs there. Prints as one line and never holds a secret's value.</summary>
/// <param name="Where">A key such as <c>Car:Id</c>, or the file or variable that could not be read.</param>
internal sealed record ConfigurationFault(string Where, string Found, string Expected)
{
    public override string ToString() => $"{Shown.Plain(Where)}: found {Found}; expected {Expected}";
}
