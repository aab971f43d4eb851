using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulation;

/// <summary>The people who are asked: most approve within a minute; the others are late, refuse, do nothing or are unknown to the service.</summary>
internal sealed class Customers(Chance chance, Recipe recipe, Weather weather, Tally tally) : ICustomerBehaviour
{
    public CustomerPlan Decide(PaymentAsked asked)
    {
        if (weather.IsHealthy || !chance.Of(recipe.Customer))
            return CustomerPlan.Approves(chance.Seconds(2, 40), chance.Of(0.3) ? chance.Seconds(1, 10) : TimeSpan.Zero);
        switch (chance.Between(0, 8))
        {
            case 0 or 1 or 2:
                tally.Count(FaultKind.CustomerLate);
                return CustomerPlan.Approves(chance.Seconds(60, 598), chance.Of(0.3) ? chance.Seconds(1, 60) : TimeSpan.Zero);
            case 3 or 4:
                tally.Count(FaultKind.CustomerRefuses);
                return CustomerPlan.Refuses(chance.Seconds(2, 120));
            case 5:
                tally.Count(FaultKind.CustomerUnknown);
                return CustomerPlan.Unknown;
            default:
                tally.Count(FaultKind.CustomerSilent);
                return CustomerPlan.DoesNothing;
        }
    }
}
