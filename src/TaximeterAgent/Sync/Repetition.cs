using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>What an order is, next to what is known under its identity.</summary>
internal enum OrderResult
{
    /// <summary>Nothing was ordered under it before.</summary>
    New,

    /// <summary>The same was ordered before; nothing more comes of it.</summary>
    Repeat,

    /// <summary>Something else was ordered under it before: the first stands.</summary>
    Conflict,

    /// <summary>A booking's cancellation after its fare: what can be voided is the trip.</summary>
    HasFare,
}

/// <summary>The one rule of what is a repeat and what is a conflict, for everything that is known by identity and content.</summary>
internal static class Repetition
{
    /// <param name="known">The content that is known, 0 if there is none: the identity alone was named before.</param>
    /// <param name="content">The content now.</param>
    /// <param name="sameNumber">False if the customer's number is known to be another.</param>
    public static OrderResult Judge(long known, long content, bool sameNumber = true) =>
        known == 0 ? OrderResult.New : known == content && sameNumber ? OrderResult.Repeat : OrderResult.Conflict;

    /// <summary>The same for what the store knows.</summary>
    public static OrderResult Judge(KnownIdentity? known, long content, bool sameNumber = true) =>
        known is { IsSettled: true } ? OrderResult.Repeat : Judge(known?.Content ?? 0, content, sameNumber);
}
