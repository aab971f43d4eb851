using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace TaximeterAgent.Relay.Configuration;

/// <summary>Reads the options: the file, then credentials of the service manager, then variables; the later wins.</summary>
internal static class OptionsLoader
{
    public const string DefaultFile = "/etc/taximeter-relay/config.json";

    /// <summary>The options, or what is wrong with them.</summary>
    /// <param name="file">The file; <see cref="DefaultFile"/> need not be there, another one must.</param>
    /// <param name="faults">One line each; empty if the options can be used.</param>
    public static RelayOptions Load(string file, out IReadOnlyList<string> faults)
    {
        var options = new RelayOptions();
        try
        {
            var builder = new ConfigurationBuilder();
            builder.AddJsonFile(Path.GetFullPath(file), optional: file == DefaultFile, reloadOnChange: false);
            if (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } credentials)
            {
                builder.AddKeyPerFile(source =>
                {
                    source.FileProvider = new PhysicalFileProvider(credentials);
                    source.Optional = true;
                    // What the unit puts in the place of a missing file must not take away what the configuration file says.
                    source.IgnoreCondition = name => string.IsNullOrWhiteSpace(File.ReadAllText(Path.Combine(credentials, name)));
                });
            }

            builder.AddEnvironmentVariables("RELAY_");
            builder.Build().Bind(options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or InvalidOperationException)
        {
            // A value that cannot be converted is named by its key in the outermost words only; a file that cannot be read, by its line in the innermost.
            faults = [$"{file}: {(e is InvalidOperationException ? e : Root(e)).Message}"];
            return options;
        }

        faults = [.. OptionsCheck.Faults(options)];
        return options;
    }

    private static Exception Root(Exception e) => e.InnerException is { } inner ? Root(inner) : e;
}
