namespace TaximeterAgent.Board.Disk;

/// <summary>One entry of the disk's log: a write, or a flush, after which all writes before it are safe.</summary>
/// <param name="Offset">Where on the disk, in bytes.</param>
/// <param name="Length">How many bytes; 0 for a flush alone.</param>
/// <param name="DataAt">Where in the log its bytes are.</param>
/// <param name="IsFlush">The guest was told that everything before is safe.</param>
/// <param name="IsThrough">The write itself was safe when it was answered.</param>
internal sealed record LoggedWrite(long Offset, int Length, long DataAt, bool IsFlush, bool IsThrough);
