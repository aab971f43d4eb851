namespace TaximeterAgent.Core.Phones;

/// <summary>The countries whose national numbers a driver may key without a country code.</summary>
public enum Country
{
    NO,
    SE,
    DK,
    FI,
}
