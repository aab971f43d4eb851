using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver's menu, with the twelve keys that every pad has.</summary>
public sealed class MenuTests
{
    [Fact]
    public void Every_page_has_a_way_back_by_one_key()
    {
        var desk = new DeskRig(light: _ => { });
        desk.Paid(1, 345);
        desk.Press("#");
        for (var page = '1'; page <= '6'; page++)
        {
            var before = desk.Shown;
            desk.Press("#" + page);
            Assert.NotEqual(before, desk.Shown);
            desk.Press("**");
            Assert.Equal(before, desk.Shown);
        }
    }

    [Fact]
    public void It_closes_by_itself_after_half_a_minute_without_a_key()
    {
        var desk = new DeskRig();
        var before = desk.Shown;
        desk.Press("#");
        Assert.Equal(TimeSpan.FromSeconds(30), desk.NextDue);
        desk.Rig.Pass(TimeSpan.FromSeconds(29));
        Assert.NotEqual(before, desk.Shown);
        desk.Press("#");
        desk.Rig.Pass(TimeSpan.FromSeconds(29));
        Assert.NotEqual(before, desk.Shown);
        desk.Rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(before, desk.Shown);
        Assert.Null(desk.NextDue);
    }

    [Fact]
    public void A_fare_closes_it_but_no_PIN_that_is_being_keyed_becomes_a_phone_number()
    {
        var desk = new DeskRig();
        desk.Press("#");
        desk.Fare(1, 345);
        Assert.StartsWith("345,00 kr Phone?", desk.Shown, StringComparison.Ordinal);
        desk.Press("#347");
        desk.Fare(2, 200);
        Assert.EndsWith("|PIN: **_", desk.Shown, StringComparison.Ordinal);
        desk.Press("11");
        Assert.EndsWith("|PIN: ****_", desk.Shown, StringComparison.Ordinal);
        desk.Press("/");
        Assert.StartsWith("200,00 kr Phone?|_ ", desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_due_stays_on_the_display_while_it_is_open()
    {
        var desk = new DeskRig();
        desk.Fare(1, 345);
        desk.Press("#");
        Assert.Equal("345,00 kr   Menu|1 Unpaid       1", desk.Shown);
    }

    [Fact]
    public void It_never_opens_over_an_entry()
    {
        var desk = new DeskRig();
        desk.Fare(1, 345);
        desk.Press("9/");
        Assert.Equal("345,00 kr Phone?|9_", desk.Shown);
    }

    [Fact]
    public void The_letters_of_a_wider_pad_lead_to_its_pages()
    {
        var desk = new DeskRig();
        desk.Rig.Do(() => desk.Rig.Driver.Press(Key.C));
        Assert.Equal("State|Network ok", desk.Shown);
        desk.Rig.Do(() => desk.Rig.Driver.Press(Key.B));
        Assert.Equal("Latest|None", desk.Shown);
        desk.Rig.Do(() => desk.Rig.Driver.Press(Key.D));
        Assert.StartsWith("Ready", desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_language_is_changed_at_once_and_stays_after_a_power_cut()
    {
        var desk = new DeskRig();
        desk.Fare(1, 345);
        // Swedish.
        desk.Press("#42*");
        Assert.StartsWith("345,00 kr   Tel?", desk.Shown, StringComparison.Ordinal);
        desk.Rig.Crash();
        Assert.StartsWith("345,00 kr   Tel?", desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_light_is_offered_where_it_can_be_switched()
    {
        var light = new List<bool>();
        var desk = new DeskRig(light: light.Add);
        desk.Press("#5");
        Assert.Equal("Light|1 On", desk.Shown);
        desk.Press("21");
        Assert.Equal([false, true], light);

        var dark = new DeskRig();
        dark.Press("#5");
        Assert.Equal("State|Network ok", dark.Shown);
    }

    [Fact]
    public void A_paid_trip_is_looked_up()
    {
        var desk = new DeskRig();
        desk.Paid(17, 345);
        desk.Press("##2");
        Assert.Equal("Latest|1:345,00   12:30", desk.Shown.Replace(" kr ", "  "));
        desk.Press("1");
        Assert.Equal("Latest|345,00 kr  12:30", desk.Shown);
        desk.Press("#");
        Assert.Equal("Latest|+47 **** **67 17", desk.Shown);
    }
}
