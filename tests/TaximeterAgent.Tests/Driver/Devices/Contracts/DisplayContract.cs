using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>What every display does, judged by the picture that the driver sees.</summary>
public abstract class DisplayContract : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly List<DisplayRig> _rigs = [];
    private readonly StatusLog _log;

    protected DisplayContract() => _log = new StatusLog(_time);

    public void Dispose()
    {
        _rigs.ForEach(rig => rig.Dispose());
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_picture_is_shown_and_another_in_its_place()
    {
        var rig = Start();
        rig.Display.Show(["345,00 kr Phone?", "_"]);
        rig.Shows("345,00 kr Phone?", "_");
        rig.Display.Show(["345,00 kr Phone?", "912 34 5_"]);
        rig.Shows("345,00 kr Phone?", "912 34 5_");
        rig.Display.Show(["Ready"]);
        rig.Shows("Ready", "");
        Assert.Empty(rig.Picture.Faults);
    }

    [Fact]
    public void What_is_shown_before_the_start_is_shown_then()
    {
        var rig = Make(_time);
        _rigs.Add(rig);
        rig.Display.Show(["early"]);
        rig.Display.Start(_log.Add);
        rig.Shows("early");
    }

    [Fact]
    public void Lines_are_cut_and_filled_and_lines_too_many_are_left_out()
    {
        var rig = Start();
        var long50 = string.Concat(Enumerable.Repeat("0123456789", 5));
        rig.Display.Show([long50, "b", "c", "d", "e"]);
        rig.Shows([.. new[] { long50[..rig.Display.Columns], "b", "c", "d" }.Take(rig.Display.Rows)]);
        rig.Display.Show([]);
        rig.Shows();
        Assert.Empty(rig.Picture.Faults);
    }

    [Fact]
    public void Every_picture_follows_from_every_other()
    {
        var rig = Start();
        var random = new Random(7);
        for (var picture = 0; picture < 40; picture++)
        {
            string[] lines = [.. Enumerable.Range(0, rig.Display.Rows).Select(_ => string.Concat(Enumerable.Range(0, rig.Display.Columns).Select(_ => random.Next(4) == 0 ? 'x' : ' ')))];
            rig.Display.Show(lines);
            rig.Shows(lines);
        }

        Assert.Empty(rig.Picture.Faults);
    }

    [Fact]
    public void The_list_that_was_shown_may_be_changed_afterwards()
    {
        var rig = Start();
        var lines = new List<string> { "shown" };
        rig.Display.Show(lines);
        lines[0] = "changed";
        rig.Shows("shown");
        rig.Display.Show(lines);
        rig.Shows("changed");
    }

    [Fact]
    public void A_reset_mends_what_a_brown_out_has_done()
    {
        var rig = Start();
        rig.Display.Show(["before"]);
        rig.Shows("before");
        rig.BrownOut();
        rig.Display.Reset();
        rig.Shows("before");
    }

    [Fact]
    public void A_display_that_is_lost_is_told_and_shows_the_newest_picture_when_it_is_back()
    {
        var rig = Start();
        rig.Display.Show(["before"]);
        rig.Shows("before");
        for (var time = 0; time < 3; time++)
        {
            rig.Lose();
            Assert.Equal(DeviceState.Lost, _log.Next().State);
            for (var picture = 0; picture < 1000; picture++)
                rig.Display.Show([$"unseen {picture}"]);
            rig.Display.Show([$"newest {time}"]);
            rig.Return();
            _log.PassTo(DeviceState.Open);
            rig.Shows($"newest {time}");
            Assert.Empty(rig.Picture.Faults);
        }
    }

    [Fact]
    public void A_display_that_takes_nothing_delays_nobody_and_gets_the_newest_picture()
    {
        var rig = Start();
        for (var picture = 0; picture < 20_000; picture++)
            rig.Display.Show([$"picture {picture}"]);
        rig.Shows("picture 19999");
        Assert.InRange(rig.Bytes, 1, 200_000); // what the line holds, not twenty thousand pictures
        Assert.Empty(rig.Picture.Faults);
    }

    [Fact]
    public void A_display_that_takes_nothing_for_long_is_told_and_told_again_when_it_does()
    {
        var rig = Start();
        for (var shown = 0; shown < 5_000_000 && rig.Display.Status!.State != DeviceState.Stalled; shown++)
        {
            rig.Display.Show([$"picture {shown}"]);
            if (shown % 200 == 0)
                _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(DeviceState.Stalled, _log.Next().State);
        rig.Display.Show(["last"]);
        rig.Shows("last");
        Assert.Equal(DeviceState.Open, _log.Next().State);
    }

    [Fact]
    public void A_display_that_takes_nothing_does_not_keep_the_agent_from_ending()
    {
        var rig = Start();
        for (var picture = 0; picture < 5_000; picture++)
            rig.Display.Show([$"picture {picture}"]);
        rig.Display.Dispose();
        rig.Display.Show(["after the end"]);
        rig.Display.Reset();
    }

    [Fact]
    public void It_is_started_once()
    {
        var rig = Start();
        Assert.Throws<InvalidOperationException>(() => rig.Display.Start(_log.Add));
    }

    [Theory]
    [InlineData("nb")]
    [InlineData("sv")]
    [InlineData("da")]
    [InlineData("fi")]
    [InlineData("en")]
    public void Every_word_of_a_language_can_be_read(string language)
    {
        var rig = Start(language);
        var words = Words.Of(language switch { "nb" => Language.Norwegian, "sv" => Language.Swedish, "da" => Language.Danish, "fi" => Language.Finnish, _ => Language.English });
        var texts = typeof(Words).GetProperties().Where(property => property.PropertyType == typeof(string) && property.GetMethod!.IsPublic && !property.GetMethod.IsStatic)
            // Some are for wider displays than the one here; their letters are those of the others.
            .Select(property => (string)property.GetValue(words)!).Where(text => text.Length <= 16).ToList();
        Assert.True(texts.Count > 30, $"only {texts.Count} words found");
        foreach (var pair in texts.Chunk(2))
        {
            rig.Display.Show(pair);
            rig.Shows(pair);
        }
    }

    private protected abstract DisplayRig Make(ManualTime time, string language = "en");

    private DisplayRig Start(string language = "en")
    {
        var rig = Make(_time, language);
        _rigs.Add(rig);
        rig.Display.Start(_log.Add);
        var first = _log.Next();
        Assert.True(first.State == DeviceState.Open, first.Message);
        return rig;
    }
}
