using TaximeterAgent.Core.Payments;
using TaximeterAgent.Tests.Meter.Contacts;

namespace TaximeterAgent.Tests.Sync;

/// <summary>The ignition is switched off, and on again.</summary>
public sealed class PowerDeskTests
{
    private readonly ContactRig _rig = new();

    [Fact]
    public void Without_ignition_nothing_new_is_begun()
    {
        Fare();
        Off();
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromMinutes(1));

        Assert.Empty(_rig.Service.Calls);
        Assert.Equal("345,00 kr|Ignition is off", _rig.Shown);
    }

    [Fact]
    public void Back_again_it_goes_on_without_a_start()
    {
        Fare();
        Off();
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromMinutes(1));
        On();
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("345,00 kr|PAID", _rig.Shown);
    }

    [Fact]
    public void What_is_under_way_comes_to_its_end_and_then_the_store_rests()
    {
        _rig.Service.Hold = true;
        Fare();
        _rig.Press("91234567#");
        Assert.Equal(OperationKind.Create, Assert.Single(_rig.Service.Calls).Kind);
        Off();
        Assert.Equal((0, false), (_rig.Rests, _rig.Engine.Power!.AtRest));

        _rig.Service.Answer();
        _rig.Engine.Drain();
        Assert.Equal((1, true), (_rig.Rests, _rig.Engine.Power.AtRest));
        Assert.Single(_rig.Service.Calls);
        // The create's outcome is known, whatever happens to the supply now.
        _rig.Crash();
        Assert.Equal(Existence.Exists, _rig.Outbox.LoadOpen()[0].State.Attempts[0].Existence);
    }

    [Fact]
    public void When_the_time_is_over_the_store_rests_whatever_is_still_under_way()
    {
        _rig.Service.Hold = true;
        Fare();
        _rig.Press("91234567#");
        Off();
        _rig.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal(0, _rig.Rests);
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _rig.Rests);
        _rig.Service.Answer();
        _rig.Engine.Drain();
        On();
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("345,00 kr|PAID", _rig.Shown);
    }

    [Fact]
    public void An_engine_without_ignition_sleeps()
    {
        Fare();
        _rig.Service.Undecided = true;
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromSeconds(10));
        Off();
        var polls = _rig.Service.Calls.Count;
        _rig.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(polls, _rig.Service.Calls.Count);
        // What is due and may not be begun must not keep it awake.
        Assert.True(_rig.Engine.NextDue is not { } due || due > _rig.Time.GetTimestamp());
    }

    [Fact]
    public void What_the_meter_and_the_driver_say_is_stored_all_the_same()
    {
        Off();
        Fare();
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _rig.Shown);
        _rig.Crash();
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _rig.Shown);
    }

    [Fact]
    public void All_that_is_known_is_on_disk_the_moment_the_ignition_goes()
    {
        _rig.Levels("", seamless: false);
        Off();
        _rig.Crash();
        Assert.Contains(_rig.History, line => line.StartsWith("ignition-off: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_idle_display_says_why_nothing_will_happen()
    {
        Off();
        Assert.Equal("Ready|Ignition is off", _rig.Shown);
        On();
        Assert.Equal("Ready|", _rig.Shown);
    }

    private void Off() => _rig.Do(() => _rig.Engine.Power!.Lost());

    private void On() => _rig.Do(() => _rig.Engine.Power!.Back());

    private void Fare()
    {
        _rig.Levels("", seamless: false);
        _rig.Play("H", "S");
        _rig.Press("34500#1");
    }
}
