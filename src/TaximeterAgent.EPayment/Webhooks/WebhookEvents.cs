namespace TaximeterAgent.EPayment;

/// <summary>The names of the events that a webhook can be registered for.</summary>
public static class WebhookEvents
{
    /// <summary>All eight.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "epayments.payment.created.v1",
        "epayments.payment.aborted.v1",
        "epayments.payment.expired.v1",
        "epayments.payment.cancelled.v1",
        "epayments.payment.captured.v1",
        "epayments.payment.refunded.v1",
        "epayments.payment.authorized.v1",
        "epayments.payment.terminated.v1",
    ];
}
