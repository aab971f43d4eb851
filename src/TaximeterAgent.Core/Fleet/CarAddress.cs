using System.Diagnostics.CodeAnalysis;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Fleet;

/// <summary>
/// Where a car is found in the fleet: the first two parts of its payments' references, <c>{prefix}-{car}</c>, the car without hyphens. Its queues, its identity at
/// the broker and the key of its reports are named by it.
/// </summary>
public readonly record struct CarAddress
{
    private CarAddress(string prefix, string car)
    {
        Prefix = prefix;
        Car = car;
    }

    /// <summary>As <c>Car:Prefix</c>.</summary>
    public string Prefix { get; }

    /// <summary>As <c>Car:Id</c>, without its hyphens.</summary>
    public string Car { get; }

    /// <summary>What is published for the car goes out under this key.</summary>
    public string RoutingKey => $"{Prefix}.{Car}";

    /// <summary>The queue of hints: bounded, the oldest dropped.</summary>
    public string HintQueue => $"car.{RoutingKey}.hints";

    /// <summary>The queue of bookings and their cancellations, in order: never dropped.</summary>
    public string BookingQueue => $"car.{RoutingKey}.bookings";

    /// <summary>Under which the car's own reports go out.</summary>
    public string ReportKey => $"report.{RoutingKey}";

    /// <summary>The car's identity at the broker, with rights on its own two queues and on its own report key alone.</summary>
    public string User => $"car-{Prefix}-{Car}";

    /// <summary>Of a configured car.</summary>
    public static bool TryOf(string? prefix, string? car, out CarAddress address)
    {
        var known = Reference.IsPrefix(prefix) && Reference.IsCar(car);
        address = known ? new CarAddress(prefix!, car!.Replace("-", "", StringComparison.Ordinal)) : default;
        return known;
    }

    /// <summary>Whose payment this is; false for a name that no car of ours gives.</summary>
    public static bool TryOfReference(string? reference, out CarAddress address)
    {
        address = default;
        return reference?.Split('-') is [var prefix, var car, _, _, _] && TryOf(prefix, car, out address);
    }

    /// <summary>Of a routing key or an address as <see cref="ToString"/> writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CarAddress address)
    {
        address = default;
        return text?.Split('.') is [var prefix, var car] && TryOf(prefix, car, out address);
    }

    /// <inheritdoc/>
    public override string ToString() => RoutingKey ?? "";
}
