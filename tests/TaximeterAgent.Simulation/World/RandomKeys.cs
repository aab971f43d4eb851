using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Simulation;

/// <summary>
/// The driver who does everything wrong in every order: presses any key at any time, keys numbers that are broken off half way, confirms twice, and now and then wants to
/// go back from wherever that has led. Does not look at the display.
/// </summary>
internal sealed class RandomKeys(World world)
{
    private static readonly Key[] s_all = Enum.GetValues<Key>();

    public void Start() => Later();

    private Chance Chance => world.Chance;

    // In a hurry most of the time; sometimes away for as long as a request lives.
    private void Later() => world.Clock.After(Chance.Of(0.01) ? Chance.Seconds(60, 700) : Chance.Of(0.1) ? Chance.Seconds(2, 30) : Chance.Seconds(0.02, 1.5), Next);

    private void Next()
    {
        if (world.Weather.IsHealthy)
            return;
        switch (Chance.Between(0, 20))
        {
            case 0:
                WalkBack(Chance.Pick(Key.Clear, Key.Clear, Key.Back));
                return;
            case 1 or 2 or 3:
                Play(Spoilt([.. Number(), Key.Enter]));
                return;
            case 4:
                Play(Spoilt([Key.Digit2, .. Number(), Key.Enter]));
                return;
            case 5:
                Play([Key.Clear, Key.Digit1]);
                return;
            case 6:
                // The menu's refund, mostly with the right PIN.
                Play(Spoilt([Key.Clear, Key.Clear, Key.Menu, Key.Clear, Key.Menu, Key.Digit3, .. world.RefundPin.Select(digit => Key.Digit0 + (digit - '0')), Key.Enter, Key.Digit1]));
                return;
            default:
                Play([Any()]);
                return;
        }
    }

    private void Play(IReadOnlyList<Key> keys)
    {
        var at = TimeSpan.Zero;
        foreach (var key in keys)
        {
            world.Clock.After(at, () => world.Press(key));
            at += Chance.Seconds(0.02, 0.4);
        }

        world.Clock.After(at, Later);
    }

    // Presses one key, sees what comes, and presses it again, until it has led back to a screen that stands by itself.
    private void WalkBack(Key key)
    {
        if (world.Boot is not { } boot || boot.Driver.Shown.Count == 0)
        {
            Later();
            return;
        }

        Step(key, boot, [boot.Driver.Shown]);
    }

    private void Step(Key key, Boot boot, List<IReadOnlyList<string>> screens)
    {
        // The power was cut: nothing was tried.
        if (world.Boot != boot || !boot.Power.IsOn)
        {
            Later();
            return;
        }

        var arrived = boot.IsAtHome;
        if (arrived || screens.Count > (key == Key.Clear ? DriverJudge.ClearsMaximum : DriverJudge.BacksMaximum))
        {
            world.DriverJudge.WentBack(key.ToString(), screens, arrived);
            Later();
            return;
        }

        world.Press(key);
        world.Clock.After(TimeSpan.FromMilliseconds(100), () =>
        {
            screens.Add(boot.Driver.Shown);
            Step(key, boot, screens);
        });
    }

    // What is done wrong: a key too many, another key, a key too few, confirmed twice.
    private List<Key> Spoilt(List<Key> keys)
    {
        while (Chance.Of(0.25))
        {
            var at = Chance.Between(0, keys.Count);
            switch (Chance.Between(0, 4))
            {
                case 0:
                    keys.Insert(at, Any());
                    break;
                case 1:
                    keys[at] = Any();
                    break;
                case 2 when keys.Count > 1:
                    keys.RemoveAt(at);
                    break;
                default:
                    keys.Add(Key.Enter);
                    break;
            }
        }

        return keys;
    }

    private Key Any() => s_all[Chance.Between(0, s_all.Length)];

    private Key Digit() => Key.Digit0 + Chance.Between(0, 10);

    private IReadOnlyList<Key> Number()
    {
        var keys = new List<Key>();
        if (Chance.Of(0.15))
        {
            keys.AddRange([Key.Digit0, Key.Digit0]);
            for (var i = Chance.Between(8, 17); i > 0; i--)
                keys.Add(Digit());
            return keys;
        }

        keys.Add(Chance.Pick(Key.Digit4, Key.Digit9));
        for (var i = 0; i < 7; i++)
            keys.Add(Digit());
        return keys;
    }
}
