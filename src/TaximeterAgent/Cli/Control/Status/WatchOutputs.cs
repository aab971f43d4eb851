using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>A screen that is kept up to date in place.</summary>
/// <param name="painter">Paints it.</param>
/// <param name="size">The terminal's columns and lines, which its window's owner may change at any time.</param>
internal sealed class ScreenOutput(ScreenPainter painter, Func<(int Width, int Height)> size) : IWatchOutput
{
    public Task ShowAsync(Picture picture)
    {
        var (width, height) = size();
        return painter.PaintAsync(StatusScreen.Lines(picture.Head, picture.Parts, width, height), width, height);
    }

    public Task EndAsync() => painter.EndAsync();
}

/// <summary>A line for each part that has changed: for a pipe, and for a terminal that knows no cursor addressing.</summary>
internal sealed class LinesOutput(TextWriter output, TimeProvider time) : IWatchOutput
{
    private readonly Dictionary<string, PartReport> _last = [];

    public async Task ShowAsync(Picture picture)
    {
        if (_last.Count == 0)
            await output.WriteLineAsync($"time\t{PartLine.Header}");
        foreach (var part in picture.Parts)
        {
            if (_last.TryGetValue(part.Name, out var last) && last == part)
                continue;
            _last[part.Name] = part;
            await output.WriteLineAsync($"{Text.Time(time.GetUtcNow())}\t{PartLine.Of(part)}");
        }

        await output.FlushAsync();
    }

    public Task EndAsync() => Task.CompletedTask;
}

/// <summary>The whole status as one line of JSON each time a part has changed.</summary>
internal sealed class JsonOutput(TextWriter output) : IWatchOutput
{
    private IReadOnlyList<PartReport>? _last;

    public async Task ShowAsync(Picture picture)
    {
        if (_last is not null && _last.SequenceEqual(picture.Parts))
            return;
        _last = picture.Parts;
        await output.WriteLineAsync(picture.Json);
        await output.FlushAsync();
    }

    public Task EndAsync() => Task.CompletedTask;
}

/// <summary>A part as programs read it.</summary>
internal static class PartLine
{
    public const string Header = "part\tlevel\twhy\tcure";

    public static string Of(PartReport part) => string.Join('\t', Text.Line(part.Name), Text.Line(part.Level), Text.Line(part.Why), Text.Line(part.Cure ?? ""));
}
