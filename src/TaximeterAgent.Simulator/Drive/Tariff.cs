namespace TaximeterAgent.Simulator.Drive;

/// <summary>What a ride costs: dear, so that something is due soon. Minor units.</summary>
internal static class Tariff
{
    private const long Start = 12_500;
    private const long PerSecond = 450;
    private const int MetresPerSecond = 15;

    public static long Of(TimeSpan ride) => Math.Clamp(Start + ((long)ride.TotalSeconds * PerSecond), Start, CarModel.MostFare);

    public static int Metres(TimeSpan ride) => (int)Math.Clamp(ride.TotalSeconds * MetresPerSecond, 0, 999_999);
}
