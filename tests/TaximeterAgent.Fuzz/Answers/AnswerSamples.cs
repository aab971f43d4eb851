using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>What the payment service answers when it answers right, and what else comes back on a bad day.</summary>
internal static class AnswerSamples
{
    public const string Reference = "taxi-NO4711-1042-ab12cd34-1";
    public const string Phone = "4791234567";

    public const string Payment = $$$"""
        {"reference":"{{{Reference}}}","state":"AUTHORIZED","pspReference":"psp-1","amount":{"currency":"NOK","value":34500},
        "aggregate":{"authorizedAmount":{"currency":"NOK","value":34500},"capturedAmount":{"currency":"NOK","value":31000},
        "refundedAmount":{"currency":"NOK","value":500},"cancelledAmount":{"currency":"NOK","value":3500}},
        "metadata":{"trip":"m/1042/2026-11-20T10:00:00Z","car":"EL12345"},"captureGuaranteedUntil":"2026-11-27T10:00:00Z","profile":{"sub":"x"}}
        """;

    public const string Events = $$$"""
        [{"reference":"{{{Reference}}}","pspReference":"psp-1","name":"CREATED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-20T10:24:11.123Z","idempotencyKey":"k-1","success":true},
        {"reference":"{{{Reference}}}","pspReference":"psp-2","name":"CAPTURED","amount":{"currency":"NOK","value":31000},"timestamp":"2026-11-20T10:25:11Z","idempotencyKey":"k-2","success":false}]
        """;

    public const string Created = $$"""{"redirectUrl":"https://example.com/landing","reference":"{{Reference}}"}""";

    public const string Order = """
        {"category":{"id":"RECEIPT"},"receipt":{"orderLines":[{"name":"Taxi","id":"1","totalAmount":34500,"totalAmountExcludingTax":30804,"totalTaxAmount":3696,"taxPercentage":12}],"bottomLine":{"currency":"NOK","tipAmount":0}}}
        """;

    public const string Problem = $$$"""
        {"type":"https://example.com/p","title":"Not so","detail":"the customer {{{Phone}}} is not known","status":400,"instance":"/epayment/v1/payments","traceId":"00-abc-def-01",
        "extraDetails":[{"name":"ErrorCode","reason":"6090"},{"name":"amount.value","reason":"too much"}],"invalidParams":[{"name":"customer","reason":"{{{Phone}}}"}]}
        """;

    public const string Token = """{"token_type":"Bearer","expires_in":"3599","ext_expires_in":"3599","access_token":"eyJ0-s3cret-token-Yp5"}""";

    public static readonly IReadOnlyList<string> Secrets = ["the-s3cret-client-id", "the-s3cret-client-secret", "the-s3cret-subscription", "eyJ0-s3cret-token-Yp5"];

    public static readonly IReadOnlyList<string> Bodies = [Payment, Payment, Payment, Events, Created, Order, Problem, Token, "{}", "[]", "", "<html><body>502 Bad Gateway</body></html>"];

    public static readonly IReadOnlyList<string> Statuses =
    [
        "200", "200", "200", "200", "201", "202", "204", "299", "300", "302", "304", "400", "400", "401", "403", "404", "408", "409", "423", "425", "429", "451", "499", "500", "502", "503", "504", "599", "600", "999",
    ];

    public static readonly IReadOnlyList<string> Headers =
    [
        "Content-Type: application/json", "Content-Type: text/html; charset=utf-7", "Content-Type: \u0001", "Content-Type: application/problem+json; charset=nonsense", "Date: Fri, 20 Nov 2026 10:00:00 GMT",
        "Date: Thu, 01 Jan 1970 00:00:00 GMT", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "Date: yesterday", "Date: Mon, 01 Jan 0001 00:00:00 GMT", "Retry-After: 30", "Retry-After: 0", "Retry-After: -1", "Retry-After: 2147483647",
        "Retry-After: 2147483648", "Retry-After: 99999999999999999999", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", "Retry-After: Mon, 01 Jan 0001 00:00:00 GMT", "Retry-After: 1.5", "Retry-After: soon",
        "Location: http://127.0.0.1:1/", "Set-Cookie: a=b", "WWW-Authenticate: Basic realm=\"x\"", "Connection: close", "Content-Encoding: identity", "Content-Language: nb", "X-Nothing:", "ETag: \"x\"",
        $"X-Long: {new string('x', 3000)}", "Content-Disposition: attachment", "Vary: *", "Age: -1",
    ];

    /// <summary>Only over a real connection, where they decide how the answer is cut.</summary>
    public static readonly IReadOnlyList<string> Framing =
    [
        "Content-Length: 0", "Content-Length: 5", "Content-Length: 100000", "Content-Length: 999999999999", "Content-Length: -1", "Content-Length: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
        "Content-Encoding: gzip", "Content-Encoding: br", "Content-Encoding: deflate", "Upgrade: h2c", "Trailer: X",
    ];

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);
}
