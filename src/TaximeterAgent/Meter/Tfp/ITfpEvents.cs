using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>
/// What a <see cref="TfpLink"/> tells its owner, on the thread that called it. The owner may call the link's other methods from within, except
/// <see cref="TfpLink.Receive"/>.
/// </summary>
public interface ITfpEvents
{
    /// <summary>The meter has started, or answers our HELLO. Acknowledged already.</summary>
    void Hello(MeterHello hello);

    /// <summary>The operating position. Acknowledged already.</summary>
    void Position(MeterPosition position);

    /// <summary>
    /// A trip is over. Answer with <see cref="TfpLink.Acknowledge"/> once it is durably stored, with <see cref="TfpLink.Refuse"/> on a conflict, or not at all.
    /// A repeat comes here too, with a token of its own.
    /// </summary>
    void Fare(Fare fare, FrameToken token);

    /// <summary>A trip was ordered. To be answered like a fare.</summary>
    void Book(Booking booking, FrameToken token);

    /// <summary>Settled otherwise. To be answered like a fare.</summary>
    void Void(MeterVoid order, FrameToken token);

    /// <summary>The meter has received this result.</summary>
    void ResultAcknowledged(string id);

    /// <summary>The meter cannot use this result; it is not sent again.</summary>
    /// <param name="id">The result's name.</param>
    /// <param name="reason">The meter's word for why: <c>trip</c>, <c>field:…</c>; bounded by the frame, printable, not to be trusted.</param>
    void ResultRefused(string id, string reason);

    /// <summary>The meter cannot use our HELLO: it speaks another version, perhaps. It is not sent again.</summary>
    void HelloRefused(string reason);

    /// <summary>Nothing was heard from the meter for <see cref="TfpOptions.HeartbeatLost"/>.</summary>
    void HeartbeatLost();

    /// <summary>The meter is heard again.</summary>
    void HeartbeatBack();

    /// <summary>
    /// Another meter than <see cref="TfpOptions.ExpectedMeter"/> speaks; all that names it is refused. Told once, and again when yet another speaks.
    /// </summary>
    /// <param name="meter">What it calls itself; bounded by the frame, not to be trusted.</param>
    void OtherMeter(string meter);

    /// <summary>A frame went over the line; for the history.</summary>
    void Frame(TfpFrameRecord frame);
}

/// <summary>One frame on the line, fit to be kept: phone numbers and what is not known to be harmless are masked.</summary>
/// <param name="Sent">True for a frame of ours, false for one of the meter's.</param>
/// <param name="Type">The TYPE; <c>?</c> for one that is not known.</param>
/// <param name="Payload">The payload as people may read it.</param>
/// <param name="Crc">The frame's CRC: tells which answer belongs to which message, and which frames are the same.</param>
/// <param name="Again">A frame of ours that went out before and was not answered.</param>
public readonly record struct TfpFrameRecord(bool Sent, string Type, string Payload, uint Crc, bool Again = false);
