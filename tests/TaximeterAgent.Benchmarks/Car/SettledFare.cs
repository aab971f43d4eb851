using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Benchmarks.Car;

/// <summary>One fare of a shift.</summary>
internal static class SettledFare
{
    /// <summary>Drives a fare with a known number until it is paid and the meter is for hire again, and waits for the last word on the line.</summary>
    public static async Task SettleFareAsync(this World world, CancellationToken stop)
    {
        var fare = Ride.BegunHere(world.NewTrip()) with { Phone = world.NewCustomer().National };
        await Steps.FinishAsync(world, fare).WaitAsync(stop);
        await world.WaitForPaidAsync(fare).WaitAsync(stop);
        world.Meter.ForHire();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of FORHIRE").WaitAsync(stop);
    }
}
