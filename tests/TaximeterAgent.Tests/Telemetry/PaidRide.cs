using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>A trip whose customer approves.</summary>
internal static class PaidRide
{
    /// <summary>Drives it, until the meter has heard that it is paid and all is quiet.</summary>
    public static async Task<TripFare> DriveAsync(World world, Customer customer)
    {
        await world.DriveAsync();
        var fare = Ride.BegunHere(world.NewTrip() with { Phone = customer.National });
        world.Meter.Finish(fare);
        await world.WaitForPaidAsync(fare);
        world.Meter.ForHire();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the end of the talk");
        return fare;
    }
}
