namespace TaximeterAgent.Simulation;

/// <summary>What kind of day a seed makes: how often what goes wrong. Drawn once; a third of all days are nearly calm, so that faults meet long good stretches too.</summary>
internal sealed class Recipe
{
    public Recipe(Chance chance)
    {
        Trouble = chance.Between(0, 3) switch { 0 => 0, 1 => chance.Fraction() * 0.15, _ => chance.Fraction() * 0.6 };
        Trips = chance.Between(1, 9);
        Network = Trouble * chance.Fraction();
        Server = Trouble * chance.Fraction() * 0.6;
        Line = Trouble * chance.Fraction() * 0.5;
        Crash = Trouble > 0 && chance.Of(0.6) ? chance.Fraction() * 0.01 : 0;
        Disk = Trouble > 0 && chance.Of(0.3) ? chance.Fraction() * 0.02 : 0;
        Outages = Trouble > 0 && chance.Of(0.4);
        Hints = chance.Of(0.5);
        Booked = chance.Pick(0.0, 0.3, 0.6);
        Voids = chance.Pick(0.05, 0.15, 0.4);
        Customer = chance.Pick(0.1, 0.3, 0.7);
        Driver = chance.Pick(0.05, 0.2, 0.5);
        Busy = chance.Of(0.3);
        ClockWrong = chance.Of(0.3);
        ShortGuarantee = chance.Of(0.06);
        PartialCapture = !chance.Of(0.05);
        PushAllowed = !chance.Of(0.01);
        AskOnVoid = chance.Of(0.1);
        ReserveAhead = !chance.Of(0.1);
        SmallRoom = chance.Of(0.15);
        // A request that nobody answers lives for ten minutes: the thousandth poll of a day finds what the tenth has found.
        PollEvery = chance.Pick(10, 30, 60, 120);
    }

    public double Trouble { get; }

    public int Trips { get; init; }

    public double Network { get; }

    public double Server { get; }

    public double Line { get; }

    /// <summary>At each step.</summary>
    public double Crash { get; }

    /// <summary>At each commit.</summary>
    public double Disk { get; }

    public bool Outages { get; }

    public bool Hints { get; }

    public double Booked { get; }

    public double Voids { get; }

    /// <summary>How unruly the customers are.</summary>
    public double Customer { get; }

    /// <summary>How unruly the driver is.</summary>
    public double Driver { get; }

    /// <summary>The next trip does not wait for the last one's payment.</summary>
    public bool Busy { get; }

    public bool ClockWrong { get; }

    public bool ShortGuarantee { get; }

    public bool PartialCapture { get; }

    public bool PushAllowed { get; }

    public bool AskOnVoid { get; }

    public bool ReserveAhead { get; }

    public bool SmallRoom { get; }

    public int PollEvery { get; }
}
