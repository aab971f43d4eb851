using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>A file with keys in it: readable for its owner only.</summary>
internal static class PrivateFile
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <exception cref="IOException">There is such a file already.</exception>
    public static void Write(string path, JsonNode content)
    {
        using var file = new StreamWriter(new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }));
        file.WriteLine(content.ToJsonString(Readable));
    }
}
