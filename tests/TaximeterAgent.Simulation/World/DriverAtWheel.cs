using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Simulation;

/// <summary>The driver: looks at the display now and then and presses what it asks for, or something else. Knows only what the display says.</summary>
internal sealed class DriverAtWheel(World world)
{
    private static readonly TimeSpan s_betweenKeys = TimeSpan.FromMilliseconds(200);

    private static readonly Words s_words = Words.Of(Language.English);
    private static readonly string[] s_menu = [s_words.Menu, s_words.UnpaidTrips, s_words.PaidTrips, s_words.State];

    private bool _patient;

    /// <summary>From now on the driver brings everything to its end: takes another way to pay, and answers what is asked.</summary>
    public void BringToAnEnd() => _patient = true;

    public void Start() => LookLater();

    private void LookLater() => world.Clock.After(_patient ? world.Chance.Seconds(15, 60) : world.Chance.Seconds(4, 70), Look);

    private void Look()
    {
        if (world.Boot is { } boot && boot.Driver.Shown is { Count: >= 2 } shown)
        {
            var screen = Translation.ToEnglish(shown);
            Press(OutOfMenu(screen) ?? (_patient ? Finish(screen) : Act(screen)));
        }

        LookLater();
    }

    // Whoever got into the menu by chance has no business there, least of all in the choice of another language.
    private IReadOnlyList<Key>? OutOfMenu(IReadOnlyList<string> screen) =>
        screen[0].EndsWith(s_words.LanguageTitle, StringComparison.Ordinal) || (_patient && s_menu.Any(title => screen[0].EndsWith(title, StringComparison.Ordinal))) ? [Key.Menu] : null;

    private Chance Chance => world.Chance;

    private void Press(IReadOnlyList<Key> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            var key = keys[i];
            world.Clock.After(s_betweenKeys * (i + 1), () => world.Press(key));
        }

        if (keys.Count > 0)
            world.History.Note("driver", $"{string.Join(' ', keys)}");
    }

    private IReadOnlyList<Key> Finish(IReadOnlyList<string> screen) => screen[1] switch
    {
        // Away from the number: to the question whether it is paid another way, or to the menu from which the number was asked for.
        "Phone again?" => [Key.Clear],
        var line when line.StartsWith("_ ", StringComparison.Ordinal) => [Key.Clear],
        "1Agn 2Phone 3Oth" => [Key.Digit3, Key.Digit1],
        "Not possible" => [Key.Clear, Key.Digit1],
        "1=keep 2=undo" => [Undo()],
        "Other way? 1=yes" => [Key.Digit1],
        "2Phone 3Other *" => [Key.Clear],
        var line when line.EndsWith('_') || line.EndsWith("#=ok", StringComparison.Ordinal) || line.EndsWith(" #", StringComparison.Ordinal) => [Key.Clear, Key.Clear],
        "Too short" or "Too long" or "No such number" => [Key.Clear, Key.Clear],
        "PAID" or "VOID" or "REFUNDED" or "Nothing to pay" => [Key.Enter],
        var line when line.StartsWith("Pay another way", StringComparison.Ordinal) => [Key.Enter],
        _ => Chance.Of(0.3) ? [Key.Down] : [],
    };

    private IReadOnlyList<Key> Act(IReadOnlyList<string> screen)
    {
        var unruly = Chance.Of(world.Recipe.Driver);
        switch (screen[1])
        {
            case "_   Customer ok?" or "Phone again?":
                return unruly && Chance.Of(0.3) ? TakeCash([Key.Clear, Key.Digit1]) : Number();
            case "1Agn 2Phone 3Oth":
                return Chance.Between(0, 3) switch
                {
                    0 => [Key.Digit1],
                    1 => [Key.Digit2, .. Number()],
                    _ => TakeCash([Key.Digit3, Key.Digit1]),
                };
            case "Not possible":
                return TakeCash([Key.Clear, Key.Digit1]);
            case "1=keep 2=undo":
                return [Chance.Of(0.5) ? Key.Digit1 : Undo()];
            case "Other way? 1=yes":
                return [Chance.Of(0.6) ? Key.Digit1 : Key.Clear];
            case "2Phone 3Other *":
                return [Key.Clear];
            case var line when line.EndsWith('_') || line.EndsWith("#=ok", StringComparison.Ordinal):
                return [Key.Clear, Key.Clear];
            case "PAID" or "VOID" or "REFUNDED" or "Nothing to pay":
                return Chance.Of(0.5) ? [Key.Enter] : [];
            case var line when line.StartsWith("Waiting for", StringComparison.Ordinal) || line.StartsWith("Wait", StringComparison.Ordinal) || line.StartsWith("Unsure", StringComparison.Ordinal):
                return unruly ? GiveUp() : [];
            default:
                return unruly ? [Chance.Pick(Key.Down, Key.Up, Key.Enter, Key.Menu, Key.Clear, Key.Back, Key.Digit1, Key.Digit2, Key.Digit3)] : [];
        }
    }

    // A request is out, and the driver does not want to wait for it any longer.
    private IReadOnlyList<Key> GiveUp()
    {
        world.Tally.Count(FaultKind.DriverChangesMind);
        return Chance.Between(0, 3) switch
        {
            0 => [Key.Clear, Key.Digit2, .. Number()],
            1 => TakeCash([Key.Clear, Key.Digit3, Key.Digit1]),
            _ => [Key.Clear, Key.Clear],
        };
    }

    private Key Undo() => Key.Digit2;

    private IReadOnlyList<Key> TakeCash(IReadOnlyList<Key> keys)
    {
        world.Tally.Count(FaultKind.DriverTakesCash);
        return keys;
    }

    private IReadOnlyList<Key> Number()
    {
        var keys = new List<Key> { Chance.Pick(Key.Digit4, Key.Digit9) };
        for (var i = 0; i < 7; i++)
            keys.Add(Key.Digit0 + Chance.Between(0, 10));
        if (Chance.Of(world.Recipe.Driver * 0.3))
        {
            world.Tally.Count(FaultKind.DriverMistypes);
            keys.Insert(Chance.Between(1, keys.Count), Chance.Pick(Key.Back, Key.Digit7, Key.Clear));
        }

        keys.Add(Key.Enter);
        return keys;
    }
}
