namespace TaximeterAgent.Simulator.Server;

/// <summary>What a request asks of the four APIs; the unit by which faults are matched and calls are counted.</summary>
public enum Operation
{
    Unknown,
    Token,
    Create,
    Get,
    Events,
    Capture,
    Cancel,
    Refund,
    ForceApprove,
    PostReceipt,
    GetReceipt,
    RegisterWebhook,
    ListWebhooks,
    DeleteWebhook,
}
