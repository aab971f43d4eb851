using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver keys the customer's number.</summary>
public sealed class NumberEntryTests
{
    private readonly DeskRig _desk = new();

    [Fact]
    public void Nine_keys_send_a_request_to_a_number_of_the_home_country()
    {
        _desk.Fare(1, 345);
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _desk.Shown);
        _desk.Press("91234567");
        Assert.Equal(0, _desk.Count(OperationKind.Create));
        _desk.Press("#");
        Assert.Equal(1, _desk.Count(OperationKind.Create));
    }

    [Fact]
    public void The_number_stands_in_full_and_as_people_say_it_before_it_is_confirmed_and_masked_afterwards()
    {
        _desk.Rig.Service.Undecided = true;
        _desk.Fare(1, 345);
        _desk.Press("91234");
        Assert.Equal("345,00 kr Phone?|912 34_", _desk.Shown);
        _desk.Press("567");
        Assert.Equal("345,00 kr Phone?|912 34 567  #=ok", _desk.Shown);
        _desk.Press("#");
        _desk.Rig.Engine.Drain();
        Assert.EndsWith("|Waiting for **67", _desk.Shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "No such number")]
    [InlineData("01", "No such number")]
    [InlineData("912345678", "Too long")]
    [InlineData("00471", "No such number")]
    [InlineData("000", "No such number")]
    [InlineData("0046701234567", null)]
    [InlineData("0", "0_")]
    [InlineData("00", "+_")]
    [InlineData("0047", "+47_")]
    [InlineData("00491512345678901", "+491512345678901")]
    public void What_cannot_become_a_number_is_said_at_once(string keys, string? second)
    {
        _desk.Fare(1, 345);
        _desk.Press(keys);
        if (second is not null)
            Assert.Equal($"345,00 kr Phone?|{second}", _desk.Shown);
        Assert.Equal(0, _desk.Count(OperationKind.Create));
    }

    [Theory]
    [InlineData("9123456#", "Too short")]
    [InlineData("912345678#", "Too long")]
    [InlineData("11234567#", "No such number")]
    public void What_is_no_number_is_not_sent(string keys, string fault)
    {
        _desk.Fare(1, 345);
        _desk.Press(keys);
        Assert.Equal($"345,00 kr Phone?|{fault}", _desk.Shown);
        Assert.Equal(0, _desk.Count(OperationKind.Create));
    }

    [Fact]
    public void Back_takes_one_digit_and_clear_all_of_them_and_then_the_entry()
    {
        _desk.Fare(1, 345);
        _desk.Press("912<");
        Assert.EndsWith("|91_", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("*");
        Assert.EndsWith("|_   Customer ok?", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("**");
        Assert.EndsWith("|Other way? 1=yes", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("*");
        Assert.EndsWith("|_   Customer ok?", _desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_fare_never_takes_over_an_open_entry()
    {
        _desk.Fare(1, 345);
        _desk.Press("912");
        _desk.Fare(2, 200);
        Assert.Equal("345,00 kr Phone?|912_", _desk.Shown);
        _desk.Press("34567#");
        Assert.Equal(34_500, Assert.Single(_desk.Rig.Outbox.LoadOpen(), trip => trip.State.Phone is not null).State.Fare!.Total.MinorUnits);
        _desk.Rig.Engine.Drain();
        Assert.StartsWith("200,00 kr", _desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void One_key_sends_it_again()
    {
        _desk.Rig.Service.Refusing = true;
        _desk.Fare(1, 345);
        _desk.Press("91234567#");
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("Refused|1Agn 2Phone 3Oth", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("1");
        Assert.Equal(2, _desk.Count(OperationKind.Create));
    }

    [Fact]
    public void Keys_do_nothing_while_the_store_is_full()
    {
        _desk.Fare(1, 345);
        _desk.Press("912");
        _desk.Rig.Outbox.NoRoom(full: true);
        _desk.Press("*");
        _desk.Fare(2, 100);
        Assert.Equal("STORE FULL|Pay another way", _desk.Shown);
        _desk.Press("34567#1#1#");
        Assert.Equal(0, _desk.Count(OperationKind.Create));
    }
}
