using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Sync;

/// <summary>
/// How long from one look at a payment to the next: short while the passenger takes out a phone, a little longer once that is past, and never so long that the driver
/// waits for it. A request that nobody answers would else be looked at 300 times before it expires, over a network that is paid for by the byte. Lives on the engine's thread.
/// </summary>
internal sealed class PollPace(TimeProvider time, DispatchOptions options)
{
    /// <summary>Half a minute with the default of two seconds.</summary>
    private const int PromptLooks = 15;

    /// <summary>Five seconds with the default.</summary>
    private const double Patient = 2.5;

    /// <summary>Payments that are remembered; of one that was forgotten it is taken that its request was sent just now.</summary>
    private const int Most = 64;

    private readonly Dictionary<Reference, long> _asked = [];

    /// <summary>The request has been sent.</summary>
    public TimeSpan First(Reference payment)
    {
        Remember(payment);
        return options.PollFirst;
    }

    public TimeSpan Next(Reference payment)
    {
        if (!_asked.TryGetValue(payment, out var at))
            at = Remember(payment);
        var waited = time.GetElapsedTime(at);
        return waited < options.PollEvery * PromptLooks ? options.PollEvery : options.PollEvery * Patient;
    }

    private long Remember(Reference payment)
    {
        if (_asked.Count >= Most)
            _asked.Remove(_asked.MinBy(asked => asked.Value).Key);
        return _asked[payment] = time.GetTimestamp();
    }
}
