using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Cli.Pay;

/// <summary>
/// A payment from its request to its end, as the agent makes it, after which nothing of it is left: what is approved is released, or captured and refunded. Whatever
/// happens on the way, the undoing is tried until a reading shows that it is done, or its time is over; it does not stop at Ctrl+C.
/// </summary>
/// <param name="order">What to do.</param>
/// <param name="calls">The service.</param>
/// <param name="say">Tells the person who waits; must not throw.</param>
/// <param name="time">The clock.</param>
internal sealed class PayTest(PayOrder order, PayCalls calls, Func<string, Task> say, TimeProvider time)
{
    private const int CreateTries = 3;
    private const int CancelsMaximum = 8;

    /// <summary>Never longer without a word.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(5);

    private Payment? _read;
    private bool _neverThere = true;

    /// <summary>How it ended: the word of <see cref="PayTestReport.Result"/>.</summary>
    public string Result { get; private set; } = "uncertain";

    /// <summary>True only if a reading showed it, or the payment was never created.</summary>
    public bool NothingLeft => _neverThere || (_read is { } payment && IsOver(payment));

    /// <summary>The payment as last read.</summary>
    public Payment? Read => _read;

    /// <param name="stop">Ctrl+C: no more waiting for the customer. The undoing goes on.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            Result = await PayAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Result = "interrupted";
            await say("stopped; undoing what there is …");
        }

        if (!_neverThere)
            await UndoAsync();
    }

    private async Task<string> PayAsync(CancellationToken stop)
    {
        if (await CreateAsync(stop) is { } failed)
            return failed;
        if (order.Approve)
            await ApproveAsync(stop);
        var result = await FollowAsync(stop);
        if (result != "approved" || !order.Capture)
            return result;
        return await CaptureAsync(stop) ? "approved" : "not-captured";
    }

    private async Task<string?> CreateAsync(CancellationToken stop)
    {
        var uncertain = false;
        for (var number = 1; number <= CreateTries; number++)
        {
            // Once it is on its way it comes to its end: what was asked for is then known, and can be undone.
            stop.ThrowIfCancellationRequested();
            switch (await TellWaitingAsync(calls.CreateAsync(CancellationToken.None), "the service to take the request"))
            {
                case Answered<CreatedPayment>:
                    _neverThere = false;
                    await say($"requested: {order.Reference}");
                    return null;
                case Refused<CreatedPayment> refused when !uncertain:
                    await say($"refused: {Why(refused)}");
                    return "not-created";
                case NotSent<CreatedPayment> notSent when !uncertain && number == CreateTries:
                    await say($"the service is not reached: {notSent.Detail}; network test says where it ends");
                    return "not-created";
                case NotSent<CreatedPayment> { Kind: NotSentKind.TokenRefused } when !uncertain:
                    await say("the service does not take the keys; network test says more");
                    return "not-created";
                case NotSent<CreatedPayment> notSent:
                    await say($"not sent: {notSent.Detail}; once more …");
                    break;
                case Refused<CreatedPayment>:
                    // An earlier try may have been carried out, and this one be refused for that.
                    return await LookAsync();
                case Unknown<CreatedPayment> unknown:
                    uncertain = true;
                    _neverThere = false;
                    await say($"no answer: {unknown.Detail}; the same request once more …");
                    break;
            }

            await Task.Delay(order.PollEvery, time, stop);
        }

        return await LookAsync();

        // Null if it is there after all, and the test goes on.
        async Task<string?> LookAsync()
        {
            if (await ReadAsync(stop))
                return null;
            await say("it is not certain whether the request exists");
            return "uncertain";
        }
    }

    private async Task ApproveAsync(CancellationToken stop)
    {
        var outcome = await TellWaitingAsync(calls.ForceApproveAsync(stop), "the service to approve in the customer's place");
        await say(outcome switch
        {
            Answered<Done> => "approved in the customer's place",
            Refused<Done> refused => $"it is not approved in the customer's place: {Why(refused)}",
            _ => "whether it was approved in the customer's place is not known",
        });
    }

    private async Task<string> FollowAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        var said = begun;
        PaymentState? seen = null;
        while (true)
        {
            await TellWaitingAsync(ReadAsync(stop), "the service");
            if (_read is { } payment && payment.State != seen)
            {
                seen = payment.State;
                said = time.GetTimestamp();
                await say($"{Kebab.Of(payment.State)}{(payment.State == PaymentState.Created ? $": the customer at {order.Phone.Masked} is asked" : "")}");
            }

            if (seen is { } state && Ended(state) is { } result)
                return result;
            if (time.GetElapsedTime(begun) >= order.Patience)
            {
                await say($"the customer has not answered within {order.Patience.TotalSeconds:0} s");
                return "not-answered";
            }

            if (time.GetElapsedTime(said) >= s_silence)
            {
                said = time.GetTimestamp();
                await say($"waiting for the customer, {time.GetElapsedTime(begun).TotalSeconds:0} s of {order.Patience.TotalSeconds:0} …");
            }

            await Task.Delay(order.PollEvery, time, stop);
        }
    }

    private static string? Ended(PaymentState state) => state switch
    {
        PaymentState.Authorized => "approved",
        PaymentState.Aborted => "refused",
        PaymentState.Expired => "expired",
        PaymentState.Terminated => "cancelled",
        _ => null,
    };

    private async Task<bool> CaptureAsync(CancellationToken stop)
    {
        // On its way to its end, as a create.
        stop.ThrowIfCancellationRequested();
        switch (await TellWaitingAsync(calls.CaptureAsync(CancellationToken.None), "the capture"))
        {
            case Answered<Payment> done:
                _read = done.Value;
                break;
            case Refused<Payment> refused:
                await say($"the capture is refused: {Why(refused)}");
                break;
            default:
                await say("whether it is captured is not known yet; it is read …");
                break;
        }

        await ReadAsync(stop);
        if (_read?.Aggregate.Captured != order.Amount.MinorUnits)
            return false;
        await say($"captured {order.Amount}");
        return true;
    }

    /// <summary>
    /// Reads, and undoes what the reading shows, until it shows nothing. Safe after a capture of unknown outcome: a cancel takes away what such a capture would need, and
    /// what was captured all the same is refunded.
    /// </summary>
    private async Task UndoAsync()
    {
        var begun = time.GetTimestamp();
        var cancels = 0;
        long? nextCall = null;
        while (true)
        {
            var known = await TellWaitingAsync(ReadAsync(CancellationToken.None), "the service, to read what is left");
            if (known && IsOver(_read!))
            {
                await say(Settled(_read!));
                return;
            }

            if (time.GetElapsedTime(begun) >= order.UndoWithin)
                return;
            if (known && (nextCall is not { } at || time.GetTimestamp() >= at) && cancels < CancelsMaximum)
            {
                cancels++;
                nextCall = time.GetTimestamp() + (long)(order.TryEvery.TotalSeconds * time.TimestampFrequency);
                await UndoOnceAsync(_read!);
                continue;
            }

            if (!known)
                await say("what is left is not known; it is read once more …");
            await Task.Delay(order.PollEvery, time, CancellationToken.None);
        }
    }

    private async Task UndoOnceAsync(Payment payment)
    {
        var moved = payment.Aggregate;
        var refunds = moved.Captured > moved.Refunded;
        var outcome = refunds
            ? await TellWaitingAsync(calls.RefundAsync(CancellationToken.None), "the refund")
            : await TellWaitingAsync(calls.CancelAsync(CancellationToken.None), "the release");
        var what = refunds ? "refund" : "release";
        await say(outcome switch
        {
            Answered<Payment> => $"the {what} is taken; it is checked …",
            Refused<Payment> { Advice: ErrorAdvice.Busy } => "the customer has the request open at this moment; again in a while …",
            Refused<Payment> refused => $"the {what} is refused: {Why(refused)}; it is read …",
            _ => $"whether the {what} was taken is not known; it is read …",
        });
    }

    private async Task<bool> ReadAsync(CancellationToken stop)
    {
        if (await calls.GetAsync(stop) is not Answered<Payment> answered)
            return false;
        _read = answered.Value;
        return true;
    }

    /// <summary>Nothing can be approved any more, nothing is reserved, and nothing is kept.</summary>
    private static bool IsOver(Payment payment) => payment.State switch
    {
        PaymentState.Aborted or PaymentState.Expired or PaymentState.Terminated => payment.Aggregate.Captured == payment.Aggregate.Refunded,
        PaymentState.Authorized => payment.Aggregate.Captured + payment.Aggregate.Cancelled >= payment.Aggregate.Authorized
            && payment.Aggregate.Captured == payment.Aggregate.Refunded,
        _ => false,
    };

    private static string Settled(Payment payment) => payment.Aggregate switch
    {
        { Captured: > 0 } => "checked: all that was captured is refunded",
        { Authorized: > 0 } => "checked: all that was reserved is released",
        _ => "checked: nothing is reserved",
    };

    private static string Why<T>(Refused<T> refused) =>
        Text.Line($"{refused.Problem.Title ?? "HTTP " + refused.Problem.Status}{(refused.Problem.Detail is { } detail ? $", {detail}" : "")}"
            + $"{(refused.Problem.ErrorCode is { } code ? $" ({code})" : "")}{(refused.TraceId is { } trace ? $", trace {trace}" : "")}");

    private async Task<T> TellWaitingAsync<T>(Task<T> call, string what)
    {
        while (true)
        {
            try
            {
                return await call.WaitAsync(s_silence, time);
            }
            catch (TimeoutException) when (!call.IsCompleted)
            {
                await say($"waiting for {what} …");
            }
        }
    }
}
