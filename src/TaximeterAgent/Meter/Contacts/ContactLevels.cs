using System.Text.Json.Serialization;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>How the meter's contacts stand. A contact that is not wired is never active.</summary>
internal readonly record struct ContactLevels(bool Hired, bool Stopped, bool Paid)
{
    /// <summary>The operating position that they show. Some meters keep hired closed while they are stopped.</summary>
    [JsonIgnore]
    public OperatingPosition Position => Stopped ? OperatingPosition.Stopped : Hired ? OperatingPosition.Hired : OperatingPosition.ForHire;
}
