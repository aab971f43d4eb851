namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>The templates that come with the agent, in <c>deploy/receipts</c>.</summary>
internal static class ShippedTemplates
{
    private const string Folder = "receipts/";
    private const string Ending = ".template";

    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShippedTemplates).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a template; null if there is none of that name.</summary>
    public static string? Text(string name)
    {
        using var stream = typeof(ShippedTemplates).Assembly.GetManifestResourceStream(Folder + name + Ending);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>All of them.</summary>
    public static IEnumerable<ReceiptTemplate> All => Names.Select(name => TemplateReader.Read(name, Text(name)!).Template!);
}
