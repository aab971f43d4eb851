namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver waits, and sees that something goes on.</summary>
public sealed class WaitingTests
{
    private readonly DeskRig _desk = new();

    [Fact]
    public void The_time_that_the_customer_has_left_is_counted_down()
    {
        Ask();
        Assert.Equal("345,00 kr  10:00|Waiting for **67", _desk.Shown);
        _desk.Rig.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal("345,00 kr   9:40|Waiting for **67", _desk.Shown);
    }

    [Fact]
    public void The_time_left_is_the_same_after_a_power_cut()
    {
        Ask();
        _desk.Rig.Pass(TimeSpan.FromSeconds(100));
        _desk.Rig.Crash();
        _desk.Rig.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal("345,00 kr   8:00|Waiting for **67", _desk.Shown);
    }

    [Fact]
    public void Nobody_is_woken_more_than_once_a_second_and_only_while_something_is_waited_for()
    {
        Assert.Null(_desk.NextDue);
        _desk.Fare(1, 345);
        Assert.Null(_desk.NextDue);
        _desk.Rig.Service.Undecided = true;
        _desk.Press("91234567#");
        Assert.Equal(TimeSpan.FromSeconds(1), _desk.NextDue);
        _desk.Rig.Time.Advance(TimeSpan.FromSeconds(0.4));
        // Whatever happens meanwhile, the tick stays where it was.
        _desk.Rig.Do(() => { });
        Assert.Equal(TimeSpan.FromSeconds(0.6), _desk.NextDue);
        _desk.Rig.Service.Undecided = false;
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("|PAID", _desk.Shown, StringComparison.Ordinal);
        Assert.Null(_desk.NextDue);
    }

    [Fact]
    public void Where_no_time_is_known_a_mark_turns()
    {
        _desk.Rig.Service.Hold = true;
        _desk.Fare(1, 345);
        _desk.Press("91234567#");
        var marks = new HashSet<string>();
        for (var second = 0; second < 4; second++)
        {
            Assert.EndsWith("|Wait, sending", _desk.Shown, StringComparison.Ordinal);
            marks.Add(_desk.Rig.Driver.Shown[0]);
            _desk.Rig.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, marks.Count);
    }

    [Fact]
    public void While_one_trip_is_waited_for_the_next_may_begin_and_the_first_is_one_key_away()
    {
        Ask();
        _desk.Fare(2, 200);
        Assert.StartsWith("200,00 kr Phone?", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("#");
        Assert.StartsWith("200,00 kr Unpaid|1:345,00", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("1");
        Assert.EndsWith("|Waiting for **67", _desk.Shown, StringComparison.Ordinal);
    }

    private void Ask()
    {
        _desk.Rig.Service.Undecided = true;
        _desk.Fare(1, 345);
        _desk.Press("91234567#");
        _desk.Rig.Engine.Drain();
    }
}
