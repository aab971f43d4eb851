namespace TaximeterAgent.EPayment;

/// <summary>The calls that this library makes.</summary>
public enum Operation
{
    /// <summary>Get an access token.</summary>
    Token,

    /// <summary>Create a payment.</summary>
    Create,

    /// <summary>Get a payment.</summary>
    Get,

    /// <summary>Get a payment's event log.</summary>
    Events,

    /// <summary>Capture (a part of) what is authorized.</summary>
    Capture,

    /// <summary>Cancel a payment, or release what is authorized and not captured.</summary>
    Cancel,

    /// <summary>Refund (a part of) what is captured.</summary>
    Refund,

    /// <summary>Post a receipt.</summary>
    PostReceipt,

    /// <summary>Get an order with its receipt.</summary>
    GetOrder,

    /// <summary>Approve a payment in place of the customer; test environment only.</summary>
    ForceApprove,

    /// <summary>Register a webhook.</summary>
    RegisterWebhook,

    /// <summary>List the registered webhooks.</summary>
    ListWebhooks,

    /// <summary>Delete a webhook.</summary>
    DeleteWebhook,
}
