using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class HintTests
{
    [Fact]
    public void A_first_payment_needs_nothing_but_the_hints()
    {
        Assert.Equal("h", Hint.Of(Cars.Fresh).Keys);
        CarModel hired = Cars.Fresh with { Meter = new MeterFace { Position = Position.Hired, Trip = "1042" } };
        Assert.Equal("s", Hint.Of(hired).Keys);
        CarModel stopped = hired with
        {
            Meter = Cars.Asked.Meter,
            Display = Cars.Screen("345,00 kr Phone?", "_"),
            Outbox = Cars.Asked.Outbox with { Phase = "ask-number" },
        };
        Assert.Equal(Cars.Number + " Enter", Hint.Of(stopped).Keys);
        Assert.Equal("Enter", Hint.Of(stopped with { Display = Cars.Screen("345,00 kr Phone?", Cars.Number + "_") }).Keys);
        Assert.Equal("a", Hint.Of(Cars.Asked).Keys);
        Assert.Equal("f", Hint.Of(Cars.Paid).Keys);
    }

    [Fact]
    public void The_keys_of_a_hint_do_something_in_that_state()
    {
        foreach (CarModel car in Cars.All().Where(car => !car.AsksToLeave))
        {
            string keys = Hint.Of(car).Keys;
            // The pad's keys are many, and always there while there is power.
            if (keys.Length == 1 && !char.IsDigit(keys[0]))
                Assert.True(CarAction.Find(keys[0])!.Possible(car), $"{keys} in {car}");
        }
    }

    [Fact]
    public void Without_power_the_ignition_comes_first()
    {
        Assert.Equal("i", Hint.Of(Cars.Asked with { Board = new BoardFace() }).Keys);
        Assert.Contains("134", Hint.Of(Cars.Asked with { Board = new BoardFace { EndedWith = 134 } }).Text);
    }

    [Fact]
    public void Who_wants_to_leave_is_asked_before_all_else() =>
        Assert.Equal("y", Hint.Of(Cars.Asked with { AsksToLeave = true, Board = new BoardFace() }).Keys);
}
