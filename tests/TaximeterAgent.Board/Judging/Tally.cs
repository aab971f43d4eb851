using System.Globalization;

namespace TaximeterAgent.Board.Judging;

/// <summary>What a run has come to; what is found is counted.</summary>
internal sealed class Tally
{
    private readonly Dictionary<Harm, int> _found = [];

    public int Boots { get; set; }

    public int Cuts { get; set; }

    /// <summary>From the power to the agent's HELLO at the meter, the slowest.</summary>
    public TimeSpan WorstBoot { get; private set; }

    public bool IsClean => _found.Count == 0;

    public void Ready(TimeSpan after) => WorstBoot = after > WorstBoot ? after : WorstBoot;

    public void Count(Finding finding) => _found[finding.Harm] = _found.GetValueOrDefault(finding.Harm) + 1;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"board boots={Boots} cuts={Cuts} lost={Of(Harm.Lost)} double={Of(Harm.Double)} stranded={Of(Harm.Stranded)} untrue={Of(Harm.Untrue)} worst-boot-to-ready={WorstBoot.TotalSeconds:F1}s");

    private int Of(Harm harm) => _found.GetValueOrDefault(harm);
}
