namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// Status and title of each domain error. The codes are documented, the HTTP status of most is not: a client has to branch on the code, and the
/// statuses here are spread over what the specification allows, so that one that branches on the status alone is found out.
/// </summary>
internal static class ErrorCodes
{
    public static (int Status, string Title) Of(string code) => code switch
    {
        "3010" => (500, "Internal error"),
        "4010" or "4020" => (409, "Idempotency conflict"),
        "4150" => (409, "Reference already exists"),
        "5040" or "5050" or "5060" or "5070" or "5080" or "5100" => (403, "Sales unit not allowed to do this"),
        "5090" => (404, "Payment not found"),
        "6010" => (400, "Amount too small"),
        "6030" => (409, "Cancel too late"),
        "6040" or "6050" or "6070" or "6190" or "6200" => (409, "Operation not possible in this state"),
        "6060" => (409, "Payment is already approved"),
        "6080" => (409, "Payment is not approved yet"),
        "6090" => (400, "Capture amount too high"),
        "6100" => (400, "Capture too late"),
        "6140" => (400, "Partial capture not allowed"),
        "6160" or "6250" => (409, "Payment is being processed"),
        "6170" => (409, "Already captured"),
        "6180" => (409, "Already refunded"),
        "6020" or "6150" or "6210" or "6220" => (400, "Refund not possible"),
        "6230" => (409, "Already reserved"),
        "6260" => (400, "Funds unavailable"),
        "6280" => (400, "Capture failed"),
        "7010" => (400, "Customer not found"),
        _ => (400, "Bad request"),
    };
}
