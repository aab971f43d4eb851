using TaximeterAgent.PowerCuts.Recording;
using TaximeterAgent.PowerCuts.Workload;

namespace TaximeterAgent.PowerCuts;

/// <summary>A day has three starts of the agent: on nothing, on what the first has left however it ended, and with a schema more.</summary>
internal static class Lives
{
    public static IReadOnlyList<Life> Of(int seed)
    {
        var chance = new Chance(seed + 0x2000_0000L);
        return
        [
            new Life(seed, chance.Between(35, 50), LifeEnd.Killed, KillAtSync: chance.Between(22, 40), Full: seed % 2 == 0),
            new Life(seed, chance.Between(68, 80), chance.Pick([LifeEnd.Closed, LifeEnd.Left, LifeEnd.Killed]), KillAtSync: chance.Between(6, 24)),
            new Life(seed, Plan.StepsOfADay, LifeEnd.Closed, NewSchema: true),
        ];
    }
}
