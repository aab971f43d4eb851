using TaximeterAgent.PowerCuts.Disk;
using TaximeterAgent.PowerCuts.Recording;

namespace TaximeterAgent.PowerCuts;

/// <summary>Something that is broken on purpose, around the store and never in it. This one breaks nothing.</summary>
internal class Sabotage
{
    /// <summary>What stands between workload and store; see <see cref="Sabotages.Wrap"/>.</summary>
    public virtual string Wrap => "";

    /// <summary>The day that is cut.</summary>
    public virtual int Seed => 1;

    /// <summary>How far a write that fails destroys what is beside it.</summary>
    public virtual int Sector => Image.SectorOfSqlite;

    /// <summary>What the record would be if the store were broken in this way.</summary>
    public virtual IReadOnlyList<FileOperation> Alter(IReadOnlyList<FileOperation> operations) => operations;

    /// <summary>What the disk would hold.</summary>
    public virtual Image Damage(Image image) => image;
}
