namespace TaximeterAgent.Simulator.Server;

/// <summary>Which operation a method and path stand for. Paths are case-sensitive and exact: a trailing slash is another path.</summary>
internal sealed record Route(Operation Operation, string? Argument = null, string? PaymentType = null, bool WrongMethod = false)
{
    public static Route Of(string method, string path)
    {
        var parts = path.Split('/');
        return parts switch
        {
            ["", "accesstoken", "get"] => For("POST", Operation.Token),
            ["", "epayment", "v1", "payments"] => For("POST", Operation.Create),
            ["", "epayment", "v1", "payments", { Length: > 0 } reference] => For("GET", Operation.Get, reference),
            ["", "epayment", "v1", "payments", { Length: > 0 } reference, "events"] => For("GET", Operation.Events, reference),
            ["", "epayment", "v1", "payments", { Length: > 0 } reference, "capture"] => For("POST", Operation.Capture, reference),
            ["", "epayment", "v1", "payments", { Length: > 0 } reference, "cancel"] => For("POST", Operation.Cancel, reference),
            ["", "epayment", "v1", "payments", { Length: > 0 } reference, "refund"] => For("POST", Operation.Refund, reference),
            ["", "epayment", "v1", "test", "payments", { Length: > 0 } reference, "approve"] => For("POST", Operation.ForceApprove, reference),
            ["", "order-management", "v2", { Length: > 0 } type, "receipts", { Length: > 0 } reference] => For("POST", Operation.PostReceipt, reference, type),
            ["", "order-management", "v2", { Length: > 0 } type, { Length: > 0 } reference] => For("GET", Operation.GetReceipt, reference, type),
            ["", "webhooks", "v1", "webhooks"] when method == "GET" => new Route(Operation.ListWebhooks),
            ["", "webhooks", "v1", "webhooks"] => For("POST", Operation.RegisterWebhook),
            ["", "webhooks", "v1", "webhooks", { Length: > 0 } id] => For("DELETE", Operation.DeleteWebhook, id),
            _ => new Route(Operation.Unknown),
        };

        Route For(string allowed, Operation operation, string? argument = null, string? type = null) =>
            new(operation, argument is null ? null : Uri.UnescapeDataString(argument), type, WrongMethod: method != allowed);
    }
}
