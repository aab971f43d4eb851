using System.Globalization;
using TaximeterAgent.Board.Power;

namespace TaximeterAgent.Board.Judging;

/// <summary>What a run has come to; what is found is counted.</summary>
internal sealed class Tally
{
    private readonly Dictionary<Harm, int> _found = [];
    private long _writes;
    private long _dropped;
    private long _torn;
    private int _mended;

    public int Boots { get; set; }

    public int Cuts { get; set; }

    /// <summary>From the power to the agent's HELLO at the meter, the slowest.</summary>
    public TimeSpan WorstBoot { get; private set; }

    /// <summary>What the cuts have done to the disk: without losses they would show nothing.</summary>
    public string Disk => string.Create(CultureInfo.InvariantCulture, $"disk writes={_writes} dropped={_dropped} torn={_torn} mended={_mended}");

    public bool IsClean => _found.Count == 0;

    public void Ready(TimeSpan after) => WorstBoot = after > WorstBoot ? after : WorstBoot;

    public void Take(IEnumerable<LifeFacts> lives)
    {
        foreach (LifeFacts life in lives)
        {
            _writes += life.Cut?.Writes ?? 0;
            _dropped += life.Cut?.Dropped ?? 0;
            _torn += life.Cut?.Torn ?? 0;
            _mended += life.Repair == 1 ? 1 : 0;
        }
    }

    public void Count(Finding finding) => _found[finding.Harm] = _found.GetValueOrDefault(finding.Harm) + 1;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"board boots={Boots} cuts={Cuts} lost={Of(Harm.Lost)} double={Of(Harm.Double)} stranded={Of(Harm.Stranded)} untrue={Of(Harm.Untrue)} worst-boot-to-ready={WorstBoot.TotalSeconds:F1}s");

    private int Of(Harm harm) => _found.GetValueOrDefault(harm);
}
