using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TaximeterAgent.Cli.Describe;

/// <summary>
/// The doc comments of this program, from the file that the compiler writes beside it: so that a name has one description, where it is declared. An installed
/// program has no such file; it does not write pages.
/// </summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    private DocComments(XDocument file) =>
        _members = file.Descendants("member").Where(member => member.Attribute("name") is not null).ToDictionary(member => member.Attribute("name")!.Value);

    /// <exception cref="IOException">There is no such file: this is no build from the sources.</exception>
    public static DocComments Load() => new(XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(DocComments).Assembly.GetName().Name}.xml")));

    public string? OfType(Type type) => Plain(Member($"T:{type.FullName}")?.Element("summary"));

    /// <summary>Of a property, or of the parameter of a record that became one; null if it has none.</summary>
    public string? OfProperty(Type declaring, string name) =>
        Plain(Member($"P:{declaring.FullName}.{name}")?.Element("summary"))
        ?? Plain(Member($"T:{declaring.FullName}")?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name));

    public string? OfField(Type declaring, string name) => Plain(Member($"F:{declaring.FullName}.{name}")?.Element("summary"));

    private XElement? Member(string name) => _members.GetValueOrDefault(name);

    private static string? Plain(XElement? comment)
    {
        if (comment is null)
            return null;
        var text = new StringBuilder();
        foreach (var node in comment.DescendantNodes())
        {
            if (node is XText words)
                text.Append(words.Parent?.Name.LocalName == "c" ? $"`{words.Value}`" : words.Value);
            else if (node is XElement { Name.LocalName: "see" or "paramref" } named)
                text.Append((named.Attribute("cref") ?? named.Attribute("name") ?? named.Attribute("langword"))?.Value.Split('.', ':')[^1]);
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
