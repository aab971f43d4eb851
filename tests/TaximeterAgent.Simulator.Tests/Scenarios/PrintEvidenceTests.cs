using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Tests.Car;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>What a meter that only prints would have recorded is taken from its own ledger, the keys and the display; what they do not show is not made up.</summary>
public sealed class PrintEvidenceTests
{
    private static readonly PrintedRide s_ride = new("4736", new DateTime(2026, 11, 20, 9, 20, 0), new DateTime(2026, 11, 20, 9, 44, 0), 31_000, 3_500);

    private readonly ManualTime _time = new();
    private readonly Wire _wire = new();
    private readonly PrinterMeter _meter;

    public PrintEvidenceTests() => _meter = new PrinterMeter(_wire, "P-88", _time);

    [Fact]
    public void A_whole_receipt_that_the_display_asks_for_and_says_to_be_paid_is_a_fare_and_its_PAID()
    {
        _meter.Print(s_ride);
        MeterFacts facts = Of([], Payment("P-88/4736/2026-11-20T09:20:00"), Screen(2, "345,00 kr Phone?", "_"), Screen(9, "345,00 kr", "PAID"));

        Assert.Equal(new TripKey("P-88", "4736", "2026-11-20T09:20:00"), Assert.Single(facts.Acknowledged).Key);
        Assert.Equal(34_500, Assert.Single(facts.Paid).Amount);
        Assert.Single(facts.Named);
    }

    [Fact]
    public void However_often_it_is_printed_it_is_due_once()
    {
        _meter.Print(s_ride);
        _meter.Print(s_ride);
        _meter.Print(s_ride, PrintFault.Copy);

        Assert.Single(Of([], null, Screen(2, "345,00 kr Phone?", "_"), Screen(5, "345,00 kr Phone?", "_")).Acknowledged);
    }

    [Theory]
    [InlineData(PrintFault.Torn)]
    [InlineData(PrintFault.Copy)]
    public void A_print_in_doubt_is_due_only_once_it_is_keyed(object fault)
    {
        PrintedReceipt receipt = _meter.Print(s_ride, (PrintFault)fault);
        Screen asks = Screen(2, "345,00 kr Phone?", "_");

        Assert.Empty(Of([], null, asks).Acknowledged);
        // Charged all the same, the payment is nobody's, and the rules that hold for every run find it.
        PaymentFacts charged = Payment("P-88/4736/2026-11-20T09:20:00");
        MeterFacts facts = Of([], charged, asks);
        Assert.Empty(facts.Named);
        Assert.NotEmpty(Invariants.NothingIsOfNobody(new Evidence { Name = "x", Meter = facts, Payments = [charged] }));
        Assert.Equal(34_500, Assert.Single(Of([new KeyedReceipt(receipt, 34_500, At(1))], null, asks).Acknowledged).Total);
        Assert.Empty(Of([new KeyedReceipt(receipt, 34_500, At(3))], null, asks).Acknowledged);
    }

    [Fact]
    public void A_trip_that_the_agent_had_to_name_itself_is_the_one_that_was_printed_then()
    {
        PrintedReceipt receipt = _meter.Print(s_ride, PrintFault.Torn);
        string name = $"P-88/p-1-abcdef/{_time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}";

        Assert.Equal(name, Assert.Single(Of([new KeyedReceipt(receipt, 34_500, At(1))], Payment(name), Screen(2, "345,00 kr Phone?")).Acknowledged).Key.ToString());
        Assert.NotEqual(name, Assert.Single(Of([new KeyedReceipt(receipt, 34_500, At(1))], Payment(name.Replace("P-88", "P-99", StringComparison.Ordinal)), Screen(2, "345,00 kr Phone?")).Acknowledged).Key.ToString());
    }

    [Fact]
    public void A_word_to_a_meter_that_is_only_listened_to_is_a_violation()
    {
        Assert.Empty(_meter.Violations);
        _wire.Bring("HELLO"u8.ToArray());
        Assert.Single(_meter.Violations);
    }

    [Fact]
    public void A_torn_receipt_has_no_total_on_it_and_two_at_once_have_both()
    {
        _meter.Print(s_ride, PrintFault.Torn);
        Assert.DoesNotContain("345,00", _wire.Text, StringComparison.Ordinal);
        Assert.Contains("4736", _wire.Text, StringComparison.Ordinal);
        _meter.Print(s_ride, PrintFault.Interleaved, s_ride with { Trip = "4737", Fare = 20_000 });
        Assert.Contains("345,00", _wire.Text, StringComparison.Ordinal);
        Assert.Contains("235,00", _wire.Text, StringComparison.Ordinal);
    }

    private MeterFacts Of(KeyedReceipt[] keyed, PaymentFacts? payment, params Screen[] screens) =>
        PrintEvidence.Of(_meter, keyed, payment is null ? [] : [payment], screens);

    private DateTimeOffset At(int second) => _time.GetUtcNow().AddSeconds(second);

    private Screen Screen(int second, params string[] lines) => new(At(second), lines);

    private static PaymentFacts Payment(string trip) => new() { Reference = "taxi-NO4711T7-4736-ab12cd34-1", State = "AUTHORIZED", Metadata = new Dictionary<string, string> { ["trip"] = trip } };

    private sealed class Wire : ISerialLine
    {
        private readonly List<byte> _sent = [];

        public event Action<ReadOnlyMemory<byte>>? Received;

        public string Text => System.Text.Encoding.Latin1.GetString([.. _sent]);

        public void Write(ReadOnlySpan<byte> bytes) => _sent.AddRange(bytes);

        public void Bring(byte[] bytes) => Received?.Invoke(bytes);
    }
}
