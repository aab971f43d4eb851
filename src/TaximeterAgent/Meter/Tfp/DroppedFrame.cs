namespace TaximeterAgent.Meter.Tfp;

/// <summary>Why what began as a frame was dropped in silence.</summary>
public enum DroppedFrame
{
    /// <summary>Another STX came before the end: the receiver started over.</summary>
    Interrupted,

    /// <summary>More than <see cref="TfpFrame.PayloadMaximum"/> bytes of payload.</summary>
    TooLong,

    /// <summary>No payload at all.</summary>
    Empty,

    /// <summary>A byte outside 0x20-0x7E in the payload.</summary>
    ForbiddenByte,

    /// <summary>The CRC is not eight upper-case hex digits, or not the payload's.</summary>
    WrongCrc,

    /// <summary>Something other than CR after the CRC.</summary>
    NoEnd,

    /// <summary>The frame was whole, but its payload has no usable SEQ, so that nothing could answer it.</summary>
    NoSequence,
}
