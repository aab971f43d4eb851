using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

/// <summary>A link whose line ends in lists: the test plays the meter and the engine.</summary>
internal sealed class TfpBench : ITfpEvents
{
    public const string Fare345 =
        "FARE|17|meter=NO-4711|trip=1042|total=34500|fare=31000|suppl=3500|cur=NOK|vat=1200|start=2026-11-20T10:00:00Z|finish=2026-11-20T10:24:10Z"
        + "|dist=12400|tariff=2";

    private readonly FrameReader _reader = new();

    public TfpBench(Func<TfpOptions, TfpOptions>? change = null)
    {
        Options = new TfpOptions { Agent = "NO-4711-T7", Version = "0.1.0", Currency = Currency.NOK, Home = Country.NO };
        Options = change?.Invoke(Options) ?? Options;
        Link = new TfpLink(Options, Time, this, bytes =>
        {
            RawSent.Add(bytes.ToArray());
            while (_reader.TryRead(ref bytes, out var frame))
                Sent.Add(frame);
        });
    }

    public static TripId Trip { get; } = new("NO-4711", "1042", "2026-11-20T10:00:00Z");

    public TfpOptions Options { get; }

    public ManualTime Time { get; } = new();

    public TfpLink Link { get; }

    public List<byte[]> RawSent { get; } = [];

    public List<TfpFrame> Sent { get; } = [];

    /// <summary>What the listener was told, one line each; frames are in <see cref="History"/>.</summary>
    public List<string> Told { get; } = [];

    public List<(Fare Fare, FrameToken Token)> Fares { get; } = [];

    public List<(Booking Booking, FrameToken Token)> Bookings { get; } = [];

    public List<(MeterVoid Order, FrameToken Token)> Voids { get; } = [];

    public List<TfpFrameRecord> History { get; } = [];

    /// <summary>Called for each fare, as the engine may: from within.</summary>
    public Action<FrameToken>? OnFare { get; set; }

    public static Reference Ref(int attempt = 1) => Reference.OfTrip("taxi", "NO-4711-T7", Trip, attempt);

    public static PaidResult Paid(string id, string trip = "1042") =>
        new(id, new TripId("NO-4711", trip, "2026-11-20T10:00:00Z"), Ref(), new Money(34500, Currency.NOK));

    public static byte[] Frame(string payload) => FrameWriter.Write(payload, out _);

    public static string Crc(string payload)
    {
        FrameWriter.Write(payload, out var crc);
        return crc.ToString("X8");
    }

    public static string Ack(string payload) => $"ACK|{payload.Split('|')[1]}|of={Crc(payload)}";

    public static string Nak(string payload, string reason) => $"NAK|{payload.Split('|')[1]}|of={Crc(payload)}|reason={reason}";

    /// <summary>The meter says something; the answer is what was sent because of it.</summary>
    public List<string> Says(string payload)
    {
        var before = Sent.Count;
        Link.Receive(Frame(payload));
        return [.. Sent.Skip(before).Select(frame => frame.Payload)];
    }

    public List<string> SaysRaw(string latin1)
    {
        var before = Sent.Count;
        Link.Receive(Encoding.Latin1.GetBytes(latin1));
        return [.. Sent.Skip(before).Select(frame => frame.Payload)];
    }

    /// <summary>The meter acknowledges what was sent last.</summary>
    public List<string> AcksLast() => Says(Ack(Sent[^1].Payload));

    /// <summary>Starts the session and answers its HELLO.</summary>
    public TfpBench Greeted()
    {
        Link.Start();
        AcksLast();
        Told.Clear();
        return this;
    }

    /// <summary>Time passes, step by step to each due moment, as the engine's loop does it.</summary>
    public void Passes(TimeSpan duration)
    {
        var end = Time.GetTimestamp() + duration.Ticks;
        for (var step = 0; Link.NextDue is { } due && due <= end; step++)
        {
            Assert.True(step < 10_000, "The link is due for ever.");
            Time.Advance(TimeSpan.FromTicks(Math.Max(0, due - Time.GetTimestamp())));
            Link.OnDue();
        }

        Time.Advance(TimeSpan.FromTicks(end - Time.GetTimestamp()));
    }

    public void Hello(MeterHello hello) => Told.Add($"hello {hello.Meter} {hello.Model} {hello.Firmware}");

    public void Position(MeterPosition position) => Told.Add($"position {position.Meter} {position.Position} {position.Time:yyyy-MM-ddTHH:mm:ssZ}");

    public void Fare(Fare fare, FrameToken token)
    {
        Fares.Add((fare, token));
        OnFare?.Invoke(token);
    }

    public void Book(Booking booking, FrameToken token) => Bookings.Add((booking, token));

    public void Void(MeterVoid order, FrameToken token) => Voids.Add((order, token));

    public void ResultAcknowledged(string id) => Told.Add($"acknowledged {id}");

    public void ResultRefused(string id, string reason) => Told.Add($"refused {id} {reason}");

    public void HelloRefused(string reason) => Told.Add($"hello refused {reason}");

    public void HeartbeatLost() => Told.Add("lost");

    public void HeartbeatBack() => Told.Add("back");

    public void OtherMeter(string meter) => Told.Add($"other {meter}");

    void ITfpEvents.Frame(TfpFrameRecord frame) => History.Add(frame);
}
