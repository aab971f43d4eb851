namespace TaximeterAgent.EPayment;

/// <summary>One call, fixed: whom, what, under which key, which bytes.</summary>
/// <param name="Operation">Which call.</param>
/// <param name="Unit">The sales unit and host.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Relative to the host, escaped.</param>
/// <param name="IdempotencyKey">Where the call has one.</param>
/// <param name="Body">The exact bytes of a POST, perhaps none; null for GET and DELETE.</param>
internal sealed record ApiRequest(
    Operation Operation, SalesUnit Unit, HttpMethod Method, string Path, string? IdempotencyKey = null, ReadOnlyMemory<byte>? Body = null);
