namespace TaximeterAgent.Meter.Tfp;

/// <summary>
/// What an answer needs to know of the frame that it answers. A value: a frame that comes again while its first is still being committed has a token of its own,
/// and each can be answered.
/// </summary>
/// <param name="Sequence">The message's SEQ.</param>
/// <param name="Crc">The frame's CRC.</param>
public readonly record struct FrameToken(ushort Sequence, uint Crc);
