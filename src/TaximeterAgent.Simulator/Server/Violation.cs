namespace TaximeterAgent.Simulator.Server;

/// <summary>Something that the client did and must not do. A scenario with a violation has failed, whatever came of it.</summary>
/// <param name="At">When the server saw it.</param>
/// <param name="Rule">The rule that was broken, one of <see cref="Rules"/>.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="Reference">The payment's reference, if there was one.</param>
/// <param name="Detail">What was found; never a secret or a phone number.</param>
public sealed record Violation(DateTimeOffset At, string Rule, string Operation, string? Reference, string Detail);

/// <summary>The names of the rules that a client can break.</summary>
public static class Rules
{
    public const string UnknownPath = "unknown-path";
    public const string WrongMethod = "wrong-method";
    public const string MissingHeader = "missing-header";
    public const string BadHeader = "bad-header";
    public const string BadCredentials = "bad-credentials";
    public const string BadToken = "bad-token";
    public const string TooManyTokens = "too-many-tokens";
    public const string BodyTooLarge = "body-too-large";
    public const string BodyNotEmpty = "body-not-empty";
    public const string ContentType = "content-type";
    public const string BadJson = "bad-json";
    public const string BadField = "bad-field";
    public const string UnknownField = "unknown-field";
    public const string BadReference = "bad-reference";
    public const string LongReference = "long-reference";
    public const string TooManyCalls = "too-many-calls";
    public const string ChangedBody = "changed-body";
    public const string KeyOfAnotherCall = "key-of-another-call";
    public const string KeyAfterRefusal = "key-after-refusal";
    public const string NewKeyOverUnknown = "new-key-over-unknown";
    public const string AmountTooSmall = "amount-too-small";
    public const string CaptureTooHigh = "capture-too-high";
    public const string CaptureWrongState = "capture-wrong-state";
    public const string RefundTooHigh = "refund-too-high";
    public const string RefundWrongState = "refund-wrong-state";
    public const string CustomerNotPresent = "customer-not-present";
    public const string PersonalData = "personal-data";
    public const string TwoLiveAttempts = "two-live-attempts";
    public const string AttemptOverUnknown = "attempt-over-unknown";
    public const string SecondReceipt = "second-receipt";
    public const string ReceiptMissing = "receipt-missing";
    public const string ReceiptSum = "receipt-sum";
    public const string LeftCreated = "left-created";
    public const string LeftReserved = "left-reserved";
}
