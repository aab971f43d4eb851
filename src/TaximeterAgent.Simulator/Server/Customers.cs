namespace TaximeterAgent.Simulator.Server;

public enum CustomerAct
{
    DoNothing,
    Approve,
    Refuse,
}

/// <summary>What a customer will do with a request.</summary>
/// <param name="Known">False: nobody with that number has the app; the create is refused with 7010.</param>
/// <param name="Act">What the customer decides in the end.</param>
/// <param name="After">How long after the create. Later than the payment lives: too late, nothing happens.</param>
/// <param name="Approving">How long before the decision the customer has the request open, in which it cannot be cancelled (6250).</param>
public sealed record CustomerPlan(bool Known, CustomerAct Act, TimeSpan After = default, TimeSpan Approving = default)
{
    public static CustomerPlan Approves(TimeSpan after, TimeSpan approving = default) => new(true, CustomerAct.Approve, after, approving);

    public static CustomerPlan Refuses(TimeSpan after) => new(true, CustomerAct.Refuse, after);

    public static CustomerPlan DoesNothing { get; } = new(true, CustomerAct.DoNothing);

    public static CustomerPlan Unknown { get; } = new(false, CustomerAct.DoNothing);
}

/// <summary>A request as a customer sees it.</summary>
/// <param name="PhoneNumber">The number it was sent to; null for a QR code.</param>
/// <param name="Reference">The payment's reference.</param>
/// <param name="Time">How many requests this customer has had, this one included.</param>
public readonly record struct PaymentAsked(string? PhoneNumber, string Reference, int Time);

/// <summary>Decides what a customer does with a request. Asked once, when the payment is created.</summary>
public interface ICustomerBehaviour
{
    CustomerPlan Decide(PaymentAsked asked);
}

/// <summary>
/// The customers by number or by reference. A number's plans are used one for each request, the last for all that follow; whoever is not mentioned
/// goes by <see cref="Otherwise"/>, and nobody approves a code that was not scanned (<see cref="VippsServer.CustomerPlans"/>).
/// </summary>
public sealed class ScriptedCustomers : ICustomerBehaviour
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CustomerPlan[]> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CustomerPlan> _byReference = new(StringComparer.Ordinal);

    public CustomerPlan Otherwise { get; init; } = CustomerPlan.Approves(TimeSpan.FromSeconds(3));

    public ScriptedCustomers Number(string phoneNumber, params CustomerPlan[] plans)
    {
        ArgumentOutOfRangeException.ThrowIfZero(plans.Length);
        lock (_gate)
            _byNumber[phoneNumber] = plans;
        return this;
    }

    public ScriptedCustomers Reference(string reference, CustomerPlan plan)
    {
        lock (_gate)
            _byReference[reference] = plan;
        return this;
    }

    public CustomerPlan Decide(PaymentAsked asked)
    {
        lock (_gate)
        {
            if (_byReference.TryGetValue(asked.Reference, out var plan))
                return plan;
            // A code asks nobody until somebody scans it.
            if (asked.PhoneNumber is not { } number)
                return CustomerPlan.DoesNothing;
            return _byNumber.TryGetValue(number, out var plans) ? plans[Math.Min(asked.Time, plans.Length) - 1] : Otherwise;
        }
    }
}
