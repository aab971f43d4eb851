namespace TaximeterAgent.Simulator.Car;

/// <summary>Something on paper.</summary>
internal abstract record PaperItem
{
    /// <summary>A line of text, as it can be read.</summary>
    public sealed record Text(string Line, bool Bold, bool High) : PaperItem;

    /// <summary>A QR code that the printer drew by its own command: what it holds.</summary>
    public sealed record Code(string Content, int DotsPerModule) : PaperItem;

    /// <summary>Dots, row by row; true is black.</summary>
    public sealed record Picture(IReadOnlyList<bool[]> Rows) : PaperItem;
}

/// <summary>What came out of a printer up to a cut, or so far.</summary>
/// <param name="Items">From the top.</param>
/// <param name="Cut">True once it was cut off, or fed to the edge.</param>
internal sealed record PaperSlip(IReadOnlyList<PaperItem> Items, bool Cut)
{
    /// <summary>Its lines as they can be read; a code stands as <c>[QR …]</c>, a picture as <c>[picture W x H]</c>.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. Items.Select(item => item switch
        {
            PaperItem.Text text => text.Line,
            PaperItem.Code code => $"[QR {code.Content}]",
            PaperItem.Picture picture => $"[picture {picture.Rows[0].Length} x {picture.Rows.Count}]",
            _ => "",
        }),
    ];

    /// <summary>The content of the codes that the printer drew itself.</summary>
    public IEnumerable<string> Links => Items.OfType<PaperItem.Code>().Select(code => code.Content);

    public override string ToString() => string.Join('\n', Lines);
}
