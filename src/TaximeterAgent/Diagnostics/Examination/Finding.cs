using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>Something that is wrong with the car. Each text is one line, without a secret or a whole phone number.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Part">The part of the car.</param>
/// <param name="Level"><see cref="Level.Red"/> if payments do not work or soon will not, else <see cref="Level.Yellow"/>.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Cause">Why it is so.</param>
/// <param name="Cure">What to do.</param>
internal sealed record Finding(FindingKind Kind, string Part, Level Level, string Seen, string Cause, string Cure)
{
    public static Finding Red(FindingKind kind, string part, string seen, string cause, string cure) => new(kind, part, Level.Red, seen, cause, cure);

    public static Finding Yellow(FindingKind kind, string part, string seen, string cause, string cure) => new(kind, part, Level.Yellow, seen, cause, cure);
}
