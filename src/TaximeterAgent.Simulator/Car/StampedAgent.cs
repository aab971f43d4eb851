using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// Another version of the agent: a copy of its files with another version stamped into its assembly. The code is the same, the version that it says of itself
/// (to the meter, to <c>--version</c>) is not; so it is seen which of the two runs.
/// </summary>
internal sealed record StampedAgent(IReadOnlyList<string> Command, string Version)
{
    private const string Assembly = "taximeter-agent.dll";
    private const string Attribute = "AssemblyInformationalVersionAttribute";

    // An attribute's value: its length (one byte for what is short), the prolog of two bytes, the length of the text (one byte), the text.
    private const int TextLengthAt = 3;
    private const int ShortMaximum = 127;

    /// <param name="command">The agent's command; one of its words is the assembly.</param>
    /// <param name="folder">Where the copy goes; must not exist.</param>
    /// <returns>Null for an agent that is no such assembly.</returns>
    /// <exception cref="InvalidDataException">The assembly has no short version.</exception>
    public static StampedAgent? Make(IReadOnlyList<string> command, string folder)
    {
        string? original = command.FirstOrDefault(word => Path.GetFileName(word) == Assembly && File.Exists(word));
        if (original is null)
            return null;
        Copy(Path.GetDirectoryName(original)!, folder);
        string copy = Path.Combine(folder, Assembly);
        return new StampedAgent([.. command.Select(word => word == original ? copy : word)], Stamp(copy));
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    /// <summary>Counts the version's last digit one up: as many letters as before.</summary>
    private static string Stamp(string assembly)
    {
        byte[] bytes = File.ReadAllBytes(assembly);
        (int at, string version) = Find(bytes);
        string next = version[..^1] + (char)(version[^1] == '9' ? '0' : version[^1] + 1);
        Encoding.ASCII.GetBytes(next).CopyTo(bytes, at);
        File.WriteAllBytes(assembly, bytes);
        return next;
    }

    private static (int At, string Version) Find(byte[] bytes)
    {
        using var file = new PEReader(new MemoryStream(bytes));
        MetadataReader reader = file.GetMetadataReader();
        foreach (CustomAttributeHandle handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference
                || reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is not { Kind: HandleKind.TypeReference } type
                || reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name) != Attribute)
                continue;
            int blob = file.PEHeaders.MetadataStartOffset + reader.GetHeapMetadataOffset(HeapIndex.Blob) + reader.GetHeapOffset(attribute.Value);
            int length = bytes[blob + TextLengthAt];
            string version = Encoding.ASCII.GetString(bytes, blob + TextLengthAt + 1, length);
            if (bytes[blob] <= ShortMaximum && length is > 0 and <= ShortMaximum && char.IsAsciiDigit(version[^1]))
                return (blob + TextLengthAt + 1, version);
        }

        throw new InvalidDataException($"{Assembly} has no version that ends in a digit");
    }
}
