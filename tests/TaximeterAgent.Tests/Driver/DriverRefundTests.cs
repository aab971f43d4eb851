using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver refunds the last trip, behind a PIN.</summary>
public sealed class DriverRefundTests
{
    private readonly DeskRig _desk = new();

    [Fact]
    public void The_last_trip_is_refunded_once_the_PIN_and_the_amount_are_confirmed()
    {
        Open();
        _desk.Press(DeskRig.Pin + "#");
        Assert.Equal("345,00 kr|Refund? 1=yes", _desk.Shown);
        Assert.Equal(0, _desk.Count(OperationKind.Refund));
        _desk.Press("1");
        Assert.Equal("345,00 kr|Giving back", _desk.Shown);
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _desk.Count(OperationKind.Refund));
        Assert.Equal("345,00 kr|REFUNDED", _desk.Shown);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("2")]
    [InlineData("<")]
    [InlineData("/")]
    public void Anything_but_1_refunds_nothing(string key)
    {
        Open();
        _desk.Press(DeskRig.Pin + "#" + key);
        _desk.Rig.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _desk.Count(OperationKind.Refund));
    }

    [Fact]
    public void Three_wrong_PINs_lock_it_for_five_minutes_and_switching_off_is_no_way_around()
    {
        Open();
        _desk.Press("1111#");
        Assert.EndsWith("|Wrong PIN", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("2222#");
        _desk.Rig.Crash();
        _desk.Press("#3");
        _desk.Press("3333#");
        Assert.EndsWith("|Locked 5:00", _desk.Shown, StringComparison.Ordinal);
        _desk.Press(DeskRig.Pin + "#1");
        Assert.Equal(0, _desk.Count(OperationKind.Refund));

        _desk.Rig.Crash();
        _desk.Rig.Pass(TimeSpan.FromMinutes(4));
        _desk.Press("#3" + DeskRig.Pin + "#1");
        Assert.Equal(0, _desk.Count(OperationKind.Refund));

        _desk.Rig.Pass(TimeSpan.FromMinutes(1.1));
        _desk.Press("#3" + DeskRig.Pin + "#1");
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(1, _desk.Count(OperationKind.Refund));
    }

    [Fact]
    public void No_PIN_comes_into_the_history_or_the_store()
    {
        Open();
        _desk.Press("98989#" + DeskRig.Pin + "#1");
        Assert.DoesNotContain(_desk.Rig.History, line => line.Contains(DeskRig.Pin, StringComparison.Ordinal) || line.Contains("98989", StringComparison.Ordinal));
        Assert.Contains(_desk.Rig.History, line => line.StartsWith("refund-pin: wrong", StringComparison.Ordinal));
        Assert.Contains(_desk.Rig.History, line => line == "refund: orders that 345.00 NOK shall have been refunded in all");
    }

    [Fact]
    public void Without_a_PIN_in_the_configuration_it_is_not_offered()
    {
        var desk = new DeskRig(pin: "");
        desk.Paid(1, 345);
        desk.Press("##3");
        Assert.Equal("Language|1 Norsk", desk.Shown);
    }

    // Paid, seen, and on to the page that wants the PIN.
    private void Open()
    {
        _desk.Paid(1, 345);
        _desk.Press("##3");
        Assert.Equal("Refund|PIN: _", _desk.Shown);
    }
}
