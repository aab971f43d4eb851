namespace TaximeterAgent.Configuration;

/// <summary>The kinds of places that a value can come from. A later one in this list wins over an earlier one.</summary>
internal enum SourceKind
{
    Default,
    File,
    Environment,
    Credential,
}

/// <summary>Where a value came from.</summary>
/// <param name="Name">The path of the file or credential, or the variable's name; empty for a default.</param>
/// <param name="Line">The line in the file, from 1; 0 for what has no lines.</param>
internal sealed record ConfigurationSource(SourceKind Kind, string Name, int Line = 0)
{
    public static ConfigurationSource Default { get; } = new(SourceKind.Default, "");

    /// <summary>For people: <c>the default</c>, <c>/etc/…/config.json line 4</c>, <c>TAXIMETER_Car__Id</c>.</summary>
    public override string ToString() => (Kind, Line) switch
    {
        (SourceKind.Default, _) => "the default",
        (_, 0) => Shown.Plain(Name),
        _ => $"{Shown.Plain(Name)} line {Line}",
    };
}
