using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TaximeterAgent.Simulation;

/// <summary>What has happened in a world, line by line, if somebody wants to know: the same for the same seed, byte for byte.</summary>
internal sealed class History(VirtualClock clock, StringBuilder? text)
{
    public bool IsKept => text is not null;

    public void Note(string actor, [InterpolatedStringHandlerArgument("")] ref Handler what)
    {
        if (text is null)
            return;
        var at = TimeSpan.FromTicks(clock.Now);
        text.Append(CultureInfo.InvariantCulture, $"{(int)at.TotalHours:00}:{at:mm\\:ss\\.fff} {actor,-8} ").Append(what.Text).Append('\n');
    }

    public override string ToString() => text?.ToString() ?? "";

    /// <summary>Formats nothing where nothing is kept.</summary>
    [InterpolatedStringHandler]
    internal ref struct Handler
    {
        private readonly StringBuilder? _text;

        public Handler(int literalLength, int formattedCount, History history, out bool wanted)
        {
            wanted = history.IsKept;
            _text = wanted ? new StringBuilder(literalLength + formattedCount * 8) : null;
        }

        public readonly string Text => _text?.ToString() ?? "";

        public readonly void AppendLiteral(string value) => _text!.Append(value);

        public readonly void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");
    }
}
