namespace TaximeterAgent.Simulator.Car;

/// <summary>The meter's end of the serial line.</summary>
internal interface ISerialLine
{
    /// <summary>Bytes from the other end, on any thread; valid only during the call.</summary>
    event Action<ReadOnlyMemory<byte>>? Received;

    /// <summary>Sends without waiting. A line without flow control loses what nobody takes; nothing is thrown for it.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
