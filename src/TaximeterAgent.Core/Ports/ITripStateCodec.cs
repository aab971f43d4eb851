using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Ports;

/// <summary>How a trip's state is written down; the same text in every store.</summary>
public interface ITripStateCodec
{
    /// <summary>The state as text. Equal states give equal text.</summary>
    string Write(TripState state);

    /// <summary>Reads it back.</summary>
    /// <param name="key">The trip's, for the message.</param>
    /// <param name="text">As it was written.</param>
    /// <exception cref="TripStateUnreadableException">The text is no state, or one with something that this agent does not know.</exception>
    TripState Read(long key, string text);

    /// <summary>The state as it will be after a restart: without what is not written.</summary>
    TripState Durable(TripState state);

    /// <summary>True if there is a phone number in it.</summary>
    bool HasPhones(TripState state);

    /// <summary>The state without phone numbers.</summary>
    TripState WithoutPhones(TripState state);
}
