using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Tests.Car;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>What a meter that says nothing would have recorded is taken from the display and the ledger; what they do not show is not made up.</summary>
public sealed class ContactEvidenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;
    private readonly ManualTime _time = new();
    private readonly ContactMeter _meter;

    public ContactEvidenceTests()
    {
        _meter = new ContactMeter(Path.Combine(_folder, "contacts"), "M-88", _time);
        _meter.Hired();
        _meter.Stopped();
    }

    public void Dispose()
    {
        _meter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_keyed_amount_that_the_display_takes_and_says_to_be_paid_is_a_fare_and_its_PAID()
    {
        MeterFacts facts = Of([Payment("M-88/1-abc/2026-11-20T10:00:01Z")], Screen(2, "345,00 kr Phone?", "_"), Screen(9, "345,00 kr", "PAID"));
        Assert.Equal(new TripKey("M-88", "1-abc", "2026-11-20T10:00:01Z"), Assert.Single(facts.Acknowledged).Key);
        Assert.Equal((34_500, At(9)), (Assert.Single(facts.Paid).Amount, facts.Paid[0].At));
        Assert.Equal(["M-88/1-abc/2026-11-20T10:00:01Z"], facts.Named);
    }

    [Fact]
    public void An_amount_that_the_display_never_took_is_no_fare() =>
        Assert.Empty(Of([], Screen(2, "345,00 kr", "Right? 1=yes")).Acknowledged);

    [Fact]
    public void A_display_that_asked_before_the_amount_was_keyed_took_nothing() =>
        Assert.Empty(Of([], Screen(0, "345,00 kr Phone?", "_")).Acknowledged);

    [Fact]
    public void PAID_of_another_amount_is_not_this_ones() =>
        Assert.Empty(Of([], Screen(2, "345,00 kr Phone?", "_"), Screen(9, "100,00 kr", "PAID")).Paid);

    [Theory]
    [InlineData("M-99/1-abc/2026-11-20T10:00:01Z")]
    [InlineData("M-88/1-abc/2026-11-20T09:00:00Z")]
    [InlineData("M-88//2026-11-20T10:00:01Z")]
    [InlineData("M-88/1-abc")]
    public void A_payment_for_another_meter_or_another_time_is_nobodys(string trip) => Assert.Empty(Of([Payment(trip)]).Named);

    [Fact]
    public void Edges_are_the_kernels_and_the_levels_stand_beside_them()
    {
        int reader = Posix.Open(_meter.Path, Posix.ReadWrite | Posix.NonBlocking);
        byte[] bytes = new byte[4096];
        int count = Posix.Read(reader, bytes);
        Posix.Close(reader);
        Assert.Equal(0, count % GpioWires.EventSize);
        // Hired and stopped bounce; hired opens at the stop.
        Assert.Equal([(4, 1), (4, 2), (4, 1), (5, 1), (5, 2), (5, 1), (4, 2)], Enumerable.Range(0, count / GpioWires.EventSize).Select(at => (Number(bytes, at, 12), Number(bytes, at, 8))));
        Assert.Equal(Enumerable.Range(1, 7), Enumerable.Range(0, 7).Select(at => Number(bytes, at, 16)));
        Assert.Equal("32", File.ReadAllText(_meter.Path + ".levels"));
    }

    private static int Number(byte[] bytes, int at, int offset) => BitConverter.ToInt32(bytes, (at * GpioWires.EventSize) + offset);

    private static DateTimeOffset At(int second) => new(2026, 11, 20, 10, 0, second, TimeSpan.Zero);

    private static Screen Screen(int second, params string[] lines) => new(At(second), lines);

    private static PaymentFacts Payment(string trip) => new() { Reference = "taxi-NO4711T7-1abc-ab12cd34-1", State = "AUTHORIZED", Metadata = new Dictionary<string, string> { ["trip"] = trip } };

    private MeterFacts Of(PaymentFacts[] payments, params Screen[] screens) =>
        ContactEvidence.Of(_meter, [new KeyedAmount(_meter.Rides[0], 34_500, At(1))], payments, screens);
}
