namespace TaximeterAgent.EPayment;

/// <summary>The end of a try, on its way to a <see cref="CallOutcome{T}"/>.</summary>
internal readonly record struct TimedResult(RawResult Result, TimeSpan Duration)
{
    /// <param name="operation">The call.</param>
    /// <param name="read">Understands the body of a 2xx; null if it cannot be.</param>
    internal CallOutcome<T> ToOutcome<T>(Operation operation, Func<byte[], T?> read)
        where T : class
    {
        if (Result is not RawResult.Answer { Status: >= 200 and < 300 } answer) return WithoutValue<T>(operation);
        return read(answer.Body) is { } value
            ? new Answered<T>(value) { Operation = operation, Duration = Duration, ServerTime = answer.ServerTime }
            : new Unknown<T>(UnknownKind.UnreadableAnswer, "the answer's body is not as documented")
            {
                Operation = operation, Duration = Duration, Status = answer.Status,
            };
    }

    internal CallOutcome<Done> ToOutcome(Operation operation) => Result is RawResult.Answer { Status: >= 200 and < 300 }
        ? new Answered<Done>(default) { Operation = operation, Duration = Duration, ServerTime = (Result as RawResult.Answer)?.ServerTime }
        : WithoutValue<Done>(operation);

    private CallOutcome<T> WithoutValue<T>(Operation operation)
    {
        switch (Result)
        {
            case RawResult.NotSent notSent:
                return new NotSent<T>(notSent.Kind, notSent.Detail)
                {
                    Operation = operation, Duration = Duration, TokenProblem = notSent.TokenProblem, TraceId = notSent.TokenProblem?.TraceId,
                };
            case RawResult.Unknown unknown:
                return new Unknown<T>(unknown.Kind, unknown.Detail) { Operation = operation, Duration = Duration, Status = unknown.Status };
            case RawResult.Answer { Status: >= 400 } answer:
                var problem = ProblemReader.Read(answer);
                // 408 is a gateway's timeout: like 5xx it does not say how far the request came.
                if (answer.Status is < 500 and not 408)
                    return new Refused<T>(problem) { Operation = operation, Duration = Duration, TraceId = problem.TraceId, ServerTime = answer.ServerTime };
                return new Unknown<T>(answer.Status == 408 ? UnknownKind.Timeout : UnknownKind.ServerError, $"HTTP {answer.Status}")
                {
                    Operation = operation, Duration = Duration, Status = answer.Status, Problem = problem, TraceId = problem.TraceId, ServerTime = answer.ServerTime,
                };
            case RawResult.Answer answer:
                return new Unknown<T>(UnknownKind.UnreadableAnswer, $"HTTP {answer.Status}")
                {
                    Operation = operation, Duration = Duration, Status = answer.Status,
                };
            default:
                throw new InvalidOperationException("an exchange ended in no known way");
        }
    }
}
