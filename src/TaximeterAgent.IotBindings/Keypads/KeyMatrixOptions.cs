namespace TaximeterAgent.IotBindings.Keypads;

/// <summary>A matrix of keys, wired as the agent's own is: rows pulled down one at a time, columns pulled up.</summary>
/// <param name="Chip">Its lines' chip: device, name or label.</param>
/// <param name="Rows">Four lines, top first.</param>
/// <param name="Columns">Three or four lines, left first.</param>
/// <param name="Debounce">How long a key must stand still before it counts.</param>
public sealed record KeyMatrixOptions(string Chip, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, TimeSpan Debounce);
