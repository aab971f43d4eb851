using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Fleet;

namespace TaximeterAgent.Control.Health;

/// <summary>The way to the fleet's relay. Polling does without it, so it is never worse than yellow.</summary>
internal static class RelayHealth
{
    public static Grade Of(RelayReport relay, DateTimeOffset now)
    {
        var since = Roughly.Long(now - relay.Since);
        if (relay.Connected)
            return Grade.Green(string.Create(CultureInfo.InvariantCulture, $"connected for {since}, {relay.Hints} hints and {relay.Orders} orders so far"));
        if (relay.Why is null)
            return Grade.Yellow("not connected yet; everything works by polling", null);
        return Grade.Yellow($"away for {since}, everything works by polling: {relay.Why}", Cure(relay.Cause));
    }

    private static string Cure(string? cause) => Enum.GetValues<FleetCause>().Where(one => Kebab.Of(one) == cause).Select(one => (FleetCause?)one).FirstOrDefault() switch
    {
        FleetCause.Certificate => $"check the clock, {Keys.RelayCaFile.Name} and the name in {Keys.RelayUri.Name}",
        FleetCause.Refused => $"check {Keys.RelayPassword.Name} and {Keys.RelayUser.Name}; the operator makes a new password: broker.sh add-car",
        FleetCause.NotAdded => $"the operator adds the car: broker.sh add-car; check {Keys.CarPrefix.Name}, {Keys.CarId.Name} and the virtual host in {Keys.RelayUri.Name}",
        FleetCause.NoPassword => $"set {Keys.RelayPassword.Name} and start the agent anew",
        FleetCause.NoAuthority => $"check {Keys.RelayCaFile.Name}",
        _ => $"tried again by itself; if the network is well, ask the operator, and check {Keys.RelayUri.Name}",
    };
}
