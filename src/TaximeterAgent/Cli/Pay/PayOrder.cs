using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Cli.Pay;

/// <summary>What <c>pay test</c> was told to do.</summary>
/// <param name="Reference">The payment's name, of its own kind.</param>
/// <param name="Amount">What is asked for.</param>
/// <param name="Phone">Whom.</param>
/// <param name="Car">For the metadata.</param>
internal sealed record PayOrder(Reference Reference, Money Amount, PhoneNumber Phone, string Car)
{
    /// <summary>Approves in place of the customer; the test environment can do that.</summary>
    public bool Approve { get; init; }

    /// <summary>Captures and refunds in full, where else what is approved is released.</summary>
    public bool Capture { get; init; }

    /// <summary>How long the customer may take.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>From one look at the payment to the next.</summary>
    public required TimeSpan PollEvery { get; init; }

    /// <summary>From one try of a call to the next, and from one cancel to the next. The service allows five of a kind in a minute.</summary>
    public required TimeSpan TryEvery { get; init; }

    /// <summary>How long it is tried to give back what is out there.</summary>
    public required TimeSpan UndoWithin { get; init; }
}
