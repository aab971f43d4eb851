namespace TaximeterAgent.Configuration;

/// <summary>What a value looked like where it was found. Variables and credentials are always <see cref="Text"/>.</summary>
internal enum RawKind
{
    Text,
    Number,
    Boolean,
    Null,
    List,
    Section,
}

/// <summary>A value before it is understood.</summary>
/// <param name="Text">The text of a text, number or boolean; empty for the others.</param>
internal sealed record RawValue(RawKind Kind, string Text, ConfigurationSource Source)
{
    /// <summary>How a fault names it, without its source.</summary>
    public string Describe(bool secret) => Kind switch
    {
        RawKind.Null => "null",
        RawKind.List => "a list",
        RawKind.Section => "a section",
        _ when secret => "a value that is not shown",
        RawKind.Text => Shown.Quoted(Urls.WithoutUser(Text)),
        _ => Shown.Plain(Text),
    };
}
