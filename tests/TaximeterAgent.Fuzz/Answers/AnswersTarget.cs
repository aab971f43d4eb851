using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Fuzz;

/// <summary>One call, which <see cref="AnswersTarget"/> answers.</summary>
internal delegate Task<CallOutcome> PaymentCall(EPaymentClient client, SalesUnit unit, Operation operation);

/// <summary>
/// The payment service's answers, wrong in any way: through the real client, most of them over a handler in memory, some over a real connection. A call has one of
/// its four outcomes, and an amount is the one in the answer or there is none.
/// </summary>
internal sealed class AnswersTarget : IFuzzTarget
{
    /// <summary>What the client says it reads of an answer, and one more byte to see that there is more.</summary>
    private const int BodyMaximum = (256 * 1024) + 1;

    private const int TextMaximum = 200;

    private static readonly Operation[] s_operations =
    [
        Operation.Get, Operation.Get, Operation.Capture, Operation.Refund, Operation.Cancel, Operation.Events, Operation.Create, Operation.GetOrder, Operation.PostReceipt, Operation.Token,
    ];

    private static readonly byte[][] s_bodies = [.. AnswerSamples.Bodies.Select(Encoding.UTF8.GetBytes)];

    private readonly PaymentCall _call;
    private readonly EPaymentConnection _inMemory;
    private readonly AnswerHandler _handler = new();
    private readonly AnswerServer _server = new();
    private EPaymentConnection? _overSockets;
    private SocketsHttpHandler? _sockets;

    public AnswersTarget(PaymentCall call)
    {
        _call = call;
        _inMemory = new EPaymentConnection(Options(new Uri("http://127.0.0.1:9")), _handler, TimeProvider.System);
        Parts =
        [
            new FuzzPart("memory", Budget.OfRuns(10_000), Budget.OfRuns(2_000_000), 1, MakeForMemory, JudgeInMemory),
            new FuzzPart("socket", Budget.OfRuns(1_500), Budget.OfRuns(50_000), 0.02, MakeForSocket, JudgeOverSocket),
        ];
    }

    public string Name => "answers";

    public IReadOnlyList<FuzzProof> Proofs { get; } = [];

    public IReadOnlyList<FuzzPart> Parts { get; }

    public static async Task<CallOutcome> CallAsync(EPaymentClient client, SalesUnit unit, Operation operation) => operation switch
    {
        Operation.Capture => await client.CaptureAsync(unit, AnswerSamples.Reference, "key-1", RequestBodies.Modification(new Amount(34_500, "NOK"))),
        Operation.Refund => await client.RefundAsync(unit, AnswerSamples.Reference, "key-2", RequestBodies.Modification(new Amount(34_500, "NOK"))),
        Operation.Cancel => await client.CancelAsync(unit, AnswerSamples.Reference, "key-3", default),
        Operation.Events => await client.GetEventsAsync(unit, AnswerSamples.Reference),
        Operation.Create => await client.CreateAsync(unit, AnswerSamples.Reference, "key-4", "{}"u8.ToArray()),
        Operation.GetOrder => await client.GetOrderAsync(unit, AnswerSamples.Reference),
        Operation.PostReceipt => await client.PostReceiptAsync(unit, AnswerSamples.Reference, "{}"u8.ToArray()),
        _ => await client.GetAsync(unit, AnswerSamples.Reference),
    };

    public ValueTask StartAsync()
    {
        _server.Start();
        var options = Options(_server.Url);
        _sockets = EPaymentHttpHandler.Create(options);
        _overSockets = new EPaymentConnection(options, _sockets, TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<string> Conclude() => [$"most bytes read of one answer: {_handler.MostRead}"];

    public async ValueTask DisposeAsync()
    {
        _sockets?.Dispose();
        _handler.Dispose();
        await _server.DisposeAsync();
    }

    private static EPaymentOptions Options(Uri url) => new()
    {
        BaseUrl = url,
        MerchantSerialNumber = "123456",
        ClientId = AnswerSamples.Secrets[0],
        ClientSecret = AnswerSamples.Secrets[1],
        SubscriptionKey = AnswerSamples.Secrets[2],
        TryTimeout = TimeSpan.FromSeconds(20),
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };

    // Which call, how much longer the body is made, and the answer as it would be on the wire.
    private static byte[] MakeForMemory(Dice dice)
    {
        var which = Which(dice);
        return [which, dice.OneIn(200) ? (byte)(1 + dice.Below(22)) : (byte)0, .. Head(dice, []), .. Body(dice, which)];
    }

    private static byte[] MakeForSocket(Dice dice)
    {
        if (dice.OneIn(40))
            return [Which(dice), 0, .. Head(dice, ["Content-Encoding: gzip"]), .. Bomb(1 << (10 + dice.Below(14)))];
        var which = Which(dice);
        byte[] answer = [.. Head(dice, dice.OneIn(3) ? [dice.Of(AnswerSamples.Framing)] : []), .. Body(dice, which)];
        return [which, 0, .. dice.OneIn(4) ? ByteMutator.Mutate(dice, answer, 3, s_bodies, 100_000) : answer];
    }

    private static byte Which(Dice dice) => (byte)dice.Below(s_operations.Length);

    private static byte[] Head(Dice dice, IReadOnlyList<string> more)
    {
        var head = new StringBuilder($"HTTP/1.1 {(dice.OneIn(2) ? "200" : dice.Of(AnswerSamples.Statuses))} x\r\n");
        for (var count = dice.Below(4); count > 0; count--)
            head.Append(dice.Of(AnswerSamples.Headers)).Append("\r\n");
        foreach (var header in more)
            head.Append(header).Append("\r\n");
        return AnswerSamples.Ascii(head.Append("\r\n").ToString());
    }

    // Mostly of the kind that belongs to the call.
    private static byte[] Body(Dice dice, byte which)
    {
        var sample = dice.OneIn(5) ? dice.Of(AnswerSamples.Bodies) : s_operations[which] switch
        {
            Operation.Events => AnswerSamples.Events,
            Operation.Create => AnswerSamples.Created,
            Operation.GetOrder => AnswerSamples.Order,
            Operation.Token => AnswerSamples.Token,
            _ => AnswerSamples.Payment,
        };
        var bytes = Encoding.UTF8.GetBytes(sample);
        return dice.Below(12) switch
        {
            0 or 1 => bytes,
            2 or 3 or 4 => ByteMutator.Mutate(dice, bytes, 3, s_bodies, 20_000),
            5 => [.. "\uFEFF"u8, .. bytes],
            6 => [.. bytes, .. dice.Of(s_bodies)],
            _ => JsonMutator.Mutate(dice, sample, 2),
        };
    }

    private static byte[] Bomb(int length)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[length]);
        return packed.ToArray();
    }

    private async ValueTask<bool> JudgeInMemory(byte[] input)
    {
        var (operation, answer) = Split(input);
        if (!_handler.Answer(answer, input.Length > 1 ? input[1] : (byte)0, operation == Operation.Token))
            return false;
        // A token that was given once is kept: only a new connection asks for another.
        var connection = operation == Operation.Token ? new EPaymentConnection(Options(new Uri("http://127.0.0.1:9")), _handler, TimeProvider.System) : _inMemory;
        var outcome = await _call(new EPaymentClient(connection), new SalesUnit(new Uri("http://127.0.0.1:9"), "123456"), operation);
        Check.That(_handler.MostRead <= BodyMaximum, $"more was read of an answer than is allowed: {_handler.MostRead}");
        return JudgeOutcome(outcome, operation, _handler.Body);
    }

    private async ValueTask<bool> JudgeOverSocket(byte[] input)
    {
        var (operation, answer) = Split(input);
        _server.Answer(answer, operation == Operation.Token);
        var connection = operation == Operation.Token ? new EPaymentConnection(Options(_server.Url), _sockets!, TimeProvider.System) : _overSockets!;
        var outcome = await _call(new EPaymentClient(connection), new SalesUnit(_server.Url, "123456"), operation);
        // What the transport makes of framing is its own; what it made of it is not known here.
        return JudgeOutcome(outcome, operation, null);
    }

    private static (Operation Operation, byte[] Answer) Split(byte[] input) =>
        (s_operations[(input.Length > 0 ? input[0] : 0) % s_operations.Length], input.AsSpan(Math.Min(2, input.Length)).ToArray());

    private static bool JudgeOutcome(CallOutcome outcome, Operation operation, byte[]? body)
    {
        Check.That(outcome.GetType().Name is "Answered`1" or "Refused`1" or "NotSent`1" or "Unknown`1", $"an outcome that is none: {outcome.GetType().Name}");
        var text = Everything(outcome);
        foreach (var secret in AnswerSamples.Secrets)
            Check.That(!text.Contains(secret, StringComparison.Ordinal) || Shown(body, secret), "an outcome shows a secret");
        switch (outcome)
        {
            case Answered<Payment> { Value: var payment }:
                Check.That(payment.Reference == AnswerSamples.Reference, "a payment that was not asked for");
                if (operation != Operation.Token && body is not null)
                    AmountOracle.Judge(payment, body);
                return true;
            case Answered<IReadOnlyList<PaymentEvent>> { Value: var events }:
                if (body is not null)
                    AmountOracle.Judge(events, body);
                return true;
            case Answered<CreatedPayment> { Value: var created }:
                Check.That(created.Reference == AnswerSamples.Reference, "a payment that was not asked for");
                return true;
            case Answered<Order> or Answered<Done>:
                return true;
        }

        Check.That(!text.Contains(AnswerSamples.Phone, StringComparison.Ordinal) || text.Contains("TraceId = " + AnswerSamples.Phone, StringComparison.Ordinal), "an outcome shows a whole phone number");
        JudgeProblem(outcome);
        return false;
    }

    // The texts of a problem are for people and bounded; nothing of them is longer than is said.
    private static void JudgeProblem(CallOutcome outcome)
    {
        var (problem, detail) = outcome switch
        {
            Refused<Payment> o => (o.Problem, ""),
            Unknown<Payment> o => (o.Problem, o.Detail),
            NotSent<Payment> o => (o.TokenProblem, o.Detail),
            Refused<Done> o => (o.Problem, ""),
            Unknown<Done> o => (o.Problem, o.Detail),
            NotSent<Done> o => (o.TokenProblem, o.Detail),
            _ => (null, ""),
        };
        Check.That(detail.Length <= TextMaximum && !detail.Any(char.IsControl), "a detail that is no line");
        if (problem is null)
            return;
        Check.That(problem.Title is null or { Length: <= TextMaximum } && problem.Detail is null or { Length: <= TextMaximum }, "a problem's text is longer than is said");
        Check.That(problem.InvalidFields.Count <= 10, "more fields than is said");
        Check.That(problem.RetryAfter is null || (problem.RetryAfter >= TimeSpan.Zero && problem.RetryAfter <= TimeSpan.FromHours(1)), $"an absurd wait: {problem.RetryAfter}");
        Check.That($"{problem.Title}{problem.Detail}".All(c => !char.IsControl(c)), "a problem's text is not one line");
    }

    private static string Everything(CallOutcome outcome) => outcome switch
    {
        Refused<Payment> o => o + string.Join(' ', o.Problem.InvalidFields),
        Refused<Done> o => o + string.Join(' ', o.Problem.InvalidFields),
        _ => outcome.ToString(),
    };

    // A server that says a secret in a problem's text shows it itself; the samples do so only where bodies were spliced.
    private static bool Shown(byte[]? body, string secret) => body is null || body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;
}

/// <summary>What the answer says, read in another way and with less patience: a name that is there twice says nothing.</summary>
internal static class AmountOracle
{
    public static void Judge(Payment payment, byte[] body)
    {
        using var document = Parse(body);
        var root = document.RootElement;
        Same(Only(root, "amount"), payment.Amount.Value, payment.Amount.Currency);
        var aggregate = Only(root, "aggregate");
        Same(Only(aggregate, "authorizedAmount"), payment.Aggregate.Authorized, payment.Amount.Currency);
        Same(Only(aggregate, "capturedAmount"), payment.Aggregate.Captured, payment.Amount.Currency);
        Same(Only(aggregate, "refundedAmount"), payment.Aggregate.Refunded, payment.Amount.Currency);
        Same(Only(aggregate, "cancelledAmount"), payment.Aggregate.Cancelled, payment.Amount.Currency);
        var state = Only(root, "state").GetString();
        Check.That(payment.State == PaymentState.Unknown ? state is not ("CREATED" or "AUTHORIZED" or "ABORTED" or "EXPIRED" or "TERMINATED") : state == payment.State.ToString().ToUpperInvariant(), "another state than the answer's");
    }

    public static void Judge(IReadOnlyList<PaymentEvent> events, byte[] body)
    {
        using var document = Parse(body);
        Check.That(document.RootElement.GetArrayLength() == events.Count, "not all events of the answer");
        foreach (var (element, read) in document.RootElement.EnumerateArray().Zip(events))
        {
            Same(Only(element, "amount"), read.Amount.Value, read.Amount.Currency);
            Check.That(Only(element, "success").ValueKind == (read.Success ? JsonValueKind.True : JsonValueKind.False), "another success than the answer's");
        }
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1_000 });
        }
        catch (JsonException)
        {
            throw new CheckFailedException("an answer was taken that is no JSON");
        }
    }

    private static JsonElement Only(JsonElement parent, string name)
    {
        Check.That(parent.ValueKind == JsonValueKind.Object, $"taken without an object that holds {name}");
        var found = parent.EnumerateObject().Where(member => member.NameEquals(name)).ToList();
        Check.That(found.Count == 1, $"{name} is there {found.Count} times and was taken");
        return found[0].Value;
    }

    private static void Same(JsonElement amount, long value, string currency)
    {
        var written = Only(amount, "value");
        Check.That(
            written.ValueKind == JsonValueKind.Number && decimal.TryParse(written.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var said) && said == value && value >= 0,
            $"money misread: {value}");
        var code = Only(amount, "currency").GetString();
        Check.That(code == currency || value == 0, $"another currency than the answer's: {currency}");
        Check.That(code is { Length: 3 } && code.All(char.IsAsciiLetterUpper), "a currency was taken that is none");
    }
}
