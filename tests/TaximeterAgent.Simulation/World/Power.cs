namespace TaximeterAgent.Simulation;

/// <summary>The power of one life of the agent. It can be cut at every step; then everything that the agent still does reaches nobody.</summary>
internal sealed class Power(Chance chance, double rate, Tally tally, History history)
{
    private double _rate = rate;

    public bool IsOn { get; private set; } = true;

    /// <summary>A step at which the power may go: then it ends whatever the agent is doing.</summary>
    public void Step(CrashPoint point)
    {
        MustBeOn();
        if (IsCutAt(point))
            throw new PowerCut();
    }

    public void MustBeOn()
    {
        if (!IsOn)
            throw new PowerCut();
    }

    /// <summary>True if the power goes here; whoever asks leaves behind what this moment leaves behind.</summary>
    public bool IsCutAt(CrashPoint point)
    {
        if (!IsOn || !chance.Of(_rate))
            return false;
        Cut();
        tally.Count(point);
        history.Note("power", $"cut: {point}");
        return true;
    }

    /// <summary>The process is gone.</summary>
    public void Cut() => IsOn = false;

    /// <summary>From now on it stays.</summary>
    public void Keep() => _rate = 0;
}
