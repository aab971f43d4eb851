namespace TaximeterAgent.Simulator.Server;

/// <summary>Customers for a client that tries the APIs by itself: the last digit of the number says what they do.</summary>
public sealed class LastDigitCustomers : ICustomerBehaviour
{
    /// <summary>What each last digit stands for, in words.</summary>
    public static IReadOnlyList<(string Digits, string Does)> Table { get; } =
    [
        ("0-4", "approves after 3 s"),
        ("5", "approves after 30 s"),
        ("6", "refuses after 3 s"),
        ("7", "does nothing"),
        ("8", "opens the request after 2 s and approves 20 s later; meanwhile it cannot be cancelled"),
        ("9", "is not known (7010)"),
    ];

    public CustomerPlan Decide(PaymentAsked asked) => asked.PhoneNumber?[^1] switch
    {
        '5' => CustomerPlan.Approves(TimeSpan.FromSeconds(30)),
        '6' => CustomerPlan.Refuses(TimeSpan.FromSeconds(3)),
        '7' => CustomerPlan.DoesNothing,
        '8' => CustomerPlan.Approves(TimeSpan.FromSeconds(22), approving: TimeSpan.FromSeconds(20)),
        '9' => CustomerPlan.Unknown,
        _ => CustomerPlan.Approves(TimeSpan.FromSeconds(3)),
    };
}
