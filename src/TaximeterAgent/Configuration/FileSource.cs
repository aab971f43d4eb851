using System.Text;
using System.Text.Json;

namespace TaximeterAgent.Configuration;

/// <summary>
/// Values from the JSON file. Plain JSON: no comments, no trailing commas, and no name twice, because the one that loses would be lost in silence.
/// </summary>
internal static class FileSource
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int Largest = 65_536;

    private const string ExpectedFile = "a readable JSON file (--config FILE names it)";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void Collect(string path, Collected collected)
    {
        if (Read(path, collected) is var (bytes, mode))
            Collect(path, bytes, mode, collected);
        else
            collected.Complete = false;
    }

    /// <summary>The same of a file that was read, or is not written yet.</summary>
    /// <param name="path">Its name, for faults.</param>
    /// <param name="bytes">What is in it, or will be.</param>
    /// <param name="mode">Who may read it.</param>
    /// <param name="collected">Takes values and faults.</param>
    public static void Collect(string path, byte[] bytes, UnixFileMode mode, Collected collected)
    {
        ReadOnlySpan<byte> json = bytes;
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        var secrets = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            new Document(path, json.ToArray(), collected, secrets).Read(ref reader);
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the file, and with it a secret.
            Malformed(path, exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0, collected);
        }
        catch (InvalidOperationException)
        {
            // A name or text that is no Unicode: the reader finds it only when the text is taken out.
            Malformed(path, 0, 0, collected);
        }

        if (secrets.Count > 0 && (mode & Others) != 0)
        {
            collected.Fault(
                path,
                $"mode {Convert.ToString((int)mode, 8).PadLeft(4, '0')} on a file that holds {string.Join(", ", secrets)}",
                "0600, so that nobody else reads the secrets: chmod 600 the file, or use systemd credentials");
        }
    }

    private static void Malformed(string path, long line, long column, Collected collected)
    {
        collected.Complete = false;
        collected.Fault(path, $"malformed JSON at line {line + 1}, column {column + 1}", "one JSON object without comments");
    }

    private static (byte[] Bytes, UnixFileMode Mode)? Read(string path, Collected collected)
    {
        try
        {
            if (Directory.Exists(path))
            {
                collected.Fault(path, "a directory", ExpectedFile);
                return null;
            }

            using var file = File.OpenRead(path);
            // Asked of the open file, so that the mode belongs to the bytes that are read.
            var mode = OperatingSystem.IsLinux() ? File.GetUnixFileMode(file.SafeFileHandle) : UnixFileMode.None;
            var bytes = new byte[Largest + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= Largest)
                return (bytes[..length], mode);
            collected.Fault(path, $"more than {Largest} bytes", ExpectedFile);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            collected.Fault(path, "no such file", ExpectedFile);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            collected.Fault(path, exception is UnauthorizedAccessException ? "a file that may not be read" : "a file that cannot be read", ExpectedFile);
        }

        return null;
    }

    /// <summary>One pass over the file's tokens.</summary>
    private sealed class Document(string path, byte[] json, Collected collected, List<string> secrets)
    {
        public void Read(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadSection(ref reader, "");
            }
            else
            {
                collected.Complete = false;
                collected.Fault(path, "JSON that is not an object", "one JSON object without comments");
                reader.Skip();
            }

            // Reads the end, where anything more is malformed.
            reader.Read();
        }

        private void ReadSection(ref Utf8JsonReader reader, string section)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var local = reader.GetString()!;
                var name = section.Length == 0 ? local : $"{section}:{local}";
                var source = new ConfigurationSource(SourceKind.File, path, Line(reader.TokenStartIndex));
                reader.Read();
                if (!seen.Add(local))
                {
                    collected.Fault(name, $"the name a second time in {source}", "each name once");
                    reader.Skip();
                }
                else if (local.Contains(':'))
                {
                    Unknown(ref reader, name, source);
                }
                else if (Keys.ByName.TryGetValue(name, out var key))
                {
                    ReadValue(ref reader, key, source);
                }
                else if (!Keys.Sections.Contains(name))
                {
                    Unknown(ref reader, name, source);
                }
                else if (reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadSection(ref reader, name);
                }
                else
                {
                    collected.Fault(name, $"a value in {source}", "a section, which is an object in braces");
                    reader.Skip();
                }
            }
        }

        private void ReadValue(ref Utf8JsonReader reader, ConfigurationKey key, ConfigurationSource source)
        {
            var value = reader.TokenType switch
            {
                JsonTokenType.String => new RawValue(RawKind.Text, reader.GetString()!, source),
                JsonTokenType.Number => new RawValue(RawKind.Number, Encoding.ASCII.GetString(reader.ValueSpan), source),
                JsonTokenType.True => new RawValue(RawKind.Boolean, "true", source),
                JsonTokenType.False => new RawValue(RawKind.Boolean, "false", source),
                JsonTokenType.Null => new RawValue(RawKind.Null, "", source),
                JsonTokenType.StartArray => new RawValue(RawKind.List, "", source),
                _ => new RawValue(RawKind.Section, "", source),
            };
            reader.Skip();
            collected.Put(key, value);
            if (key.Secret)
                secrets.Add(key.Name);
        }

        // Its value is not shown: it may be a secret under a misspelled name.
        private void Unknown(ref Utf8JsonReader reader, string name, ConfigurationSource source)
        {
            reader.Skip();
            collected.Fault(name, $"an unknown key in {source}", Expected(name));
        }

        private static string Expected(string name)
        {
            var exact = Keys.ByName.ContainsKey(name);
            var nearest = exact ? null : Nearest.To(name, Keys.ByName.Keys.Concat(Keys.Sections).Order(StringComparer.Ordinal));
            return (exact, nearest) switch
            {
                (true, _) => "the key inside its section's braces, without colons in names",
                (_, null) => "one of the keys in docs/configuration.md",
                _ => $"a known one; the nearest is {nearest}",
            };
        }

        private int Line(long at) => json.AsSpan(0, (int)at).Count((byte)'\n') + 1;
    }
}
