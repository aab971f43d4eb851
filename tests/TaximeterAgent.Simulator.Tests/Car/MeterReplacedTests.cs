using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public sealed class MeterReplacedTests : IDisposable
{
    private static readonly TripKey Old = new("NO-4711", "1042", "2026-11-20T09:36:00Z");
    private static readonly TripFare Fare = new(Old, 34_500, "NOK") { Fare = 31_000, Supplement = 3_500, Finish = "2026-11-20T10:00:00Z" };

    private readonly TestLine _line = new();
    private readonly Meter _meter;

    public MeterReplacedTests()
    {
        _meter = new Meter(_line, new MeterOptions(), new ManualTime());
        _meter.SwitchOn();
        _line.AnswerAll();
    }

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void The_new_meter_says_HELLO_under_its_own_name_and_nothing_that_the_old_one_had_to_say()
    {
        _meter.Finish(Fare);
        _meter.Replace("NO-4799");
        Assert.Equal("HELLO|0|proto=1|meter=NO-4799|model=SIM-1|fw=1.0", _line.Last);
        _line.AnswerAll();
        Assert.StartsWith("POS|1|meter=NO-4799|", _line.Last);
        Assert.False(_meter.IsTalking);
    }

    [Fact]
    public void The_same_number_and_start_of_the_new_meter_is_another_trip()
    {
        _meter.Finish(Fare);
        _line.Answer();
        _meter.Replace("NO-4799");
        _line.AnswerAll();
        _meter.Finish(Fare with { Key = Old with { Meter = _meter.Id } });
        _line.Answer();
        Assert.Equal(["NO-4711", "NO-4799"], _meter.Acknowledged.Select(fare => fare.Key.Meter));
    }

    [Fact]
    public void A_result_for_the_old_meters_trip_is_refused_and_a_violation()
    {
        _meter.Finish(Fare);
        _line.Answer();
        _meter.Replace("NO-4799");
        _line.AnswerAll();
        _line.Say("PAID|1|meter=NO-4711|trip=1042|start=2026-11-20T09:36:00Z|amount=34500|cur=NOK|ref=taxi-1|method=wallet");
        Assert.Empty(_meter.Paid);
        Assert.Contains("this is NO-4799", Assert.Single(_meter.Violations));
    }
}
