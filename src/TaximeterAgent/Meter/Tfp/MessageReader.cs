using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>
/// Reads what the meter says into values that cannot be wrong. Each method answers null and leaves a fault in the reader where it cannot; keys are looked at in the
/// order of the protocol's table, so that the fault named is always the same one.
/// </summary>
internal sealed class MessageReader(Currency currency, Country home, string expectedMeter)
{
    /// <summary>The longest identity, as written on the wire: the results that carry it back must fit into a frame too.</summary>
    public const int IdentityMaximum = 360;

    private const int VatMaximum = 10_000;
    private const string Protocol = "1";

    public MeterHello? Hello(FieldReader fields)
    {
        if (fields.Text("proto") != Protocol)
            fields.Refuse("proto");
        var hello = new MeterHello(Meter(fields), fields.Text("model"), fields.Text("fw"));
        return fields.Fault is null ? hello : null;
    }

    public MeterPosition? Position(FieldReader fields)
    {
        var meter = Meter(fields);
        var position = fields.Text("pos") switch
        {
            "FORHIRE" => OperatingPosition.ForHire,
            "HIRED" => OperatingPosition.Hired,
            "STOPPED" => OperatingPosition.Stopped,
            _ => (OperatingPosition?)null,
        };
        if (position is null)
            fields.Refuse("pos");
        fields.Time("time", out var time);
        return fields.Fault is null ? new MeterPosition(meter, position!.Value, time) : null;
    }

    public Fare? Fare(FieldReader fields)
    {
        var trip = Trip(fields);
        var finish = fields.Time("finish", out _);
        var total = fields.Amount("total");
        var fare = fields.Amount("fare");
        var supplements = fields.Amount("suppl");
        fields.Currency("cur", currency);
        var vat = fields.Amount("vat", VatMaximum);
        var distance = fields.Amount("dist");
        var tariff = fields.Text("tariff");
        var tip = fields.Amount("tip", otherwise: 0, Money.Maximum);
        var supplementsVat = fields.Amount("supplvat", otherwise: vat, VatMaximum);
        var driver = fields.OptionalText("driver");
        PhoneNumber? phone = fields.Has("phone") ? fields.Phone("phone", home) : null;
        var booking = fields.Has("booking") ? fields.Name("booking", Booking.IdMaximum) : null;
        if (total != fare + supplements + tip)
            fields.Refuse("total");
        if (fields.Fault is not null)
            return null;
        return new Fare(trip!, Of(total), Of(fare), Of(supplements), Of(tip), (int)vat, (int)supplementsVat)
        {
            Finish = finish,
            Distance = distance,
            Tariff = tariff,
            Driver = driver,
            Phone = phone,
            Booking = booking,
        };
    }

    public Booking? Book(FieldReader fields)
    {
        var id = fields.Name("booking", Booking.IdMaximum);
        var phone = fields.Phone("phone", home);
        fields.Currency("cur", currency);
        Money? maximum = fields.Has("max") ? Of(fields.Amount("max")) : null;
        var pickup = fields.OptionalText("pickup");
        return fields.Fault is null ? new Booking(id, phone, currency, maximum) { Pickup = pickup } : null;
    }

    public MeterVoid? Void(FieldReader fields)
    {
        var reason = fields.OptionalText("reason");
        if (fields.Has("trip") || fields.Has("start") || !fields.Has("booking"))
        {
            var trip = Trip(fields);

            // Either the one or the other: to guess which of two is meant would leave the other's reservation standing.
            if (fields.Has("booking"))
                fields.Refuse("booking");
            return fields.Fault is null ? MeterVoid.OfTrip(trip!, reason) : null;
        }

        if (fields.Has("meter"))
            Meter(fields);
        var booking = fields.Name("booking", Booking.IdMaximum);
        return fields.Fault is null ? MeterVoid.OfBooking(booking, reason) : null;
    }

    private Money Of(long minorUnits) => new(minorUnits, currency);

    private string Meter(FieldReader fields)
    {
        var meter = fields.Name("meter", TripId.PartMaximum);
        if (expectedMeter.Length > 0 && meter != expectedMeter)
            fields.Refuse("meter");
        return meter;
    }

    private TripId? Trip(FieldReader fields)
    {
        var meter = Meter(fields);
        var number = fields.Name("trip", TripId.PartMaximum);
        var start = fields.Time("start", out _);
        if (fields.Fault is not null)
            return null;
        if (PercentCoding.Encode(meter).Length + PercentCoding.Encode(number).Length + PercentCoding.Encode(start).Length > IdentityMaximum)
        {
            fields.Refuse("trip");
            return null;
        }

        return new TripId(meter, number, start);
    }
}
