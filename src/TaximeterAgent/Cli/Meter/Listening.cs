using TaximeterAgent.Configuration;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Cli.Meter;

/// <summary>How a line is looked at that is only listened to: on a tap of a printer's line nothing may ever be said, least of all HELLO.</summary>
/// <param name="Templates">The configured one, or all that come with the agent.</param>
/// <param name="Quiet">The silence that ends a print.</param>
internal sealed record Listening(IReadOnlyList<ReceiptTemplate> Templates, TimeSpan Quiet)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(3);

    /// <summary>For a meter of which nothing is known yet.</summary>
    public static Listening ToAny() => new([.. ShippedTemplates.All], s_quiet);

    /// <summary>As the configuration has it; null for a meter that is spoken with.</summary>
    public static Listening? Of(AgentOptions options) => options.Meter.Source == MeterSource.ReceiptPrinter
        ? options.Meter.Printer is { Template: { } template } printer ? new Listening([template], printer.Quiet) : ToAny()
        : null;
}
