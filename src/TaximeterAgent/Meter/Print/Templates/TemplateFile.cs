using System.Text;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>A template by what the configuration or a command line calls it: the name of one that comes with the agent, or a file.</summary>
internal static class TemplateFile
{
    /// <summary>Reads it.</summary>
    /// <param name="name">A shipped template's name, or a path, which has a slash or a point.</param>
    public static TemplateReport Read(string name)
    {
        if (ShippedTemplates.Text(name) is { } shipped)
            return TemplateReader.Read(name, shipped);
        if (!name.Contains('/') && !name.Contains('.'))
        {
            var near = Nearest.To(name, ShippedTemplates.Names);
            return Failed($"no template {Shown.Quoted(name)} comes with the agent{(near is null ? "" : $"; is it {near}?")} There are {string.Join(", ", ShippedTemplates.Names)}; or name a file by its whole path");
        }

        try
        {
            using var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read);
            // A device or a FIFO has no length that could be trusted.
            var bytes = new byte[TemplateReader.Longest + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return TemplateReader.Read(Path.GetFileNameWithoutExtension(name), new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length));
        }
        catch (DecoderFallbackException)
        {
            return Failed($"{Shown.Plain(name)} is not written in UTF-8: save it so");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed($"{Shown.Plain(name)} cannot be read: {Shown.Plain(e.Message)}");
        }
    }

    private static TemplateReport Failed(string message) => new(null, [new TemplateFault(0, message)]);
}
