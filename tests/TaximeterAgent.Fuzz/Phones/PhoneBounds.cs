using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Fuzz;

/// <summary>What an accepted number must look like, said once more and in another way than the agent does.</summary>
internal static class PhoneBounds
{
    private static readonly (Country Country, string Code, int Shortest, int Longest, string First)[] s_plans =
    [
        (Country.NO, "47", 8, 8, "49"),
        (Country.SE, "46", 9, 9, "7"),
        (Country.DK, "45", 8, 8, "23456789"),
        (Country.FI, "358", 7, 10, "45"),
    ];

    public static void Judge(string msisdn)
    {
        Check.That(msisdn.Length is >= 10 and <= 15 && msisdn.All(char.IsAsciiDigit) && msisdn[0] != '0', $"accepted, and not E.164: {msisdn.Length} digits");
        foreach (var (country, code, shortest, longest, first) in s_plans)
        {
            if (msisdn.StartsWith(code, StringComparison.Ordinal))
                Check.That(msisdn.Length - code.Length >= shortest && msisdn.Length - code.Length <= longest && first.Contains(msisdn[code.Length]), $"accepted, and no mobile number of {country}");
        }
    }

    public static string Code(Country country) => s_plans.Single(plan => plan.Country == country).Code;

    public static bool HasTrunkPrefix(Country country) => country is Country.SE or Country.FI;
}
