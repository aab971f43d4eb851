using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>
/// What the agent would answer, with nothing behind it: repeats and conflicts by the same identity and content as in the store, which begins empty. Nothing is stored and
/// nothing is paid.
/// </summary>
internal sealed class DryDesk : ITfpEvents
{
    /// <summary>Trips and bookings that are remembered; a day has some fifty. Beyond it the oldest are new again.</summary>
    private const int Most = 50_000;

    private readonly Dictionary<Identity, Known> _known = [];
    private readonly Queue<Identity> _order = new();

    public TfpLink? Link { get; set; }

    /// <summary>The number of the frame that is taken now.</summary>
    public long Number { get; set; }

    /// <summary>The meter's frame that was taken last; null once it has been fetched.</summary>
    public TfpFrameRecord? Taken { get; private set; }

    public TfpFrameRecord? Answer { get; private set; }

    public long? RepeatOf { get; private set; }

    public long? ConflictsWith { get; private set; }

    public void Begin() => (Taken, Answer, RepeatOf, ConflictsWith) = (null, null, null, null);

    public void Fare(Fare fare, FrameToken token)
    {
        Take(Identity.OfTrip(fare.Trip), Identity.ContentOf(fare), default, token);
        // From now on the trip is what can be voided.
        if (fare.Booking is { } booking && RepeatOf is null && ConflictsWith is null)
            Remember(Identity.OfBooking(booking)).HasFare = true;
    }

    public void Book(Booking booking, FrameToken token) => Take(Identity.OfBooking(booking.Id), Identity.ContentOf(booking), booking.Phone, token);

    public void Void(MeterVoid order, FrameToken token)
    {
        var identity = order.Trip is { } trip ? Identity.OfTrip(trip) : Identity.OfBooking(order.Booking!);
        if (order.Trip is null && _known.GetValueOrDefault(identity) is { HasFare: true })
        {
            Link!.Refuse(token, NakReason.Booking);
            return;
        }

        var known = Remember(identity);
        RepeatOf = known.Voided;
        known.Voided ??= Number;
        Link!.Acknowledge(token);
    }

    public void Frame(TfpFrameRecord frame)
    {
        if (frame.Sent)
            Answer = frame;
        else
            Taken = frame;
    }

    public void Hello(MeterHello hello)
    {
        // Acknowledged by the link.
    }

    public void Position(MeterPosition position)
    {
        // Acknowledged by the link.
    }

    public void ResultAcknowledged(string id)
    {
        // None is told.
    }

    public void ResultRefused(string id, string reason)
    {
        // None is told.
    }

    public void HelloRefused(string reason)
    {
        // None is said.
    }

    public void HeartbeatLost()
    {
        // Gaps are measured where the pieces come in.
    }

    public void HeartbeatBack()
    {
        // As above.
    }

    public void OtherMeter(string meter)
    {
        // Its frames are refused, and shown so.
    }

    private void Take(Identity identity, long content, PhoneNumber phone, FrameToken token)
    {
        var known = Remember(identity);
        switch (Repetition.Judge(known.Content, content, known.Phone == phone))
        {
            case OrderResult.New:
                (known.Content, known.Phone, known.First) = (content, phone, Number);
                Link!.Acknowledge(token);
                break;
            case OrderResult.Repeat:
                RepeatOf = known.First;
                Link!.Acknowledge(token);
                break;
            default:
                ConflictsWith = known.First;
                Link!.Refuse(token, NakReason.Conflict);
                break;
        }
    }

    private Known Remember(Identity identity)
    {
        if (_known.TryGetValue(identity, out var known))
            return known;
        if (_order.Count == Most)
            _known.Remove(_order.Dequeue());
        _order.Enqueue(identity);
        return _known[identity] = new Known();
    }

    private sealed class Known
    {
        public long Content { get; set; }

        public PhoneNumber Phone { get; set; }

        public long First { get; set; }

        public long? Voided { get; set; }

        public bool HasFare { get; set; }
    }
}
