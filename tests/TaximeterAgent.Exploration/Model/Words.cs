using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>Steps in words, for a trace that a person can read.</summary>
internal static class Words
{
    public static string Of(Step step, World w, Scenario s) => step.Kind switch
    {
        StepKind.Send => $"{Of(w.Calls[step.A].Operation)} is sent",
        StepKind.Answered => $"{Of(w.Calls[step.A].Operation)} arrives and is answered",
        StepKind.RequestLost => $"{Of(w.Calls[step.A].Operation)} is lost on its way",
        StepKind.AnswerLost => $"{Of(w.Calls[step.A].Operation)} arrives, its answer is lost",
        StepKind.GivenUp => $"{Of(w.Calls[step.A].Operation)} is given up and may arrive late",
        StepKind.NotSent => $"{Of(w.Calls[step.A].Operation)} finds no network{(step.B == 1 ? ", and no room to wait" : "")}",
        StepKind.Refused => $"{Of(w.Calls[step.A].Operation)} is refused: {s.RefusalKinds[step.B].Refusal}",
        StepKind.RefusedAndRemembered => $"{Of(w.Calls[step.A].Operation)} is refused, and will be whenever its key is seen: {s.RefusalKinds[step.B].Refusal}",
        StepKind.Arrives => $"{Of(w.Letters[step.A].Operation)} arrives late",
        StepKind.Vanishes => $"{Of(w.Letters[step.A].Operation)} will never arrive",
        StepKind.TimerEnds => $"the timer {w.Timers[step.A].Kind} {w.Timers[step.A].Reference} ends",
        StepKind.CustomerApproves => $"the customer approves {w.Payments[step.A].Reference}",
        StepKind.CustomerRefuses => $"the customer refuses {w.Payments[step.A].Reference}",
        StepKind.RequestExpires => $"{w.Payments[step.A].Reference} expires",
        StepKind.GuaranteeEnds => $"{w.Payments[step.A].Reference} is not guaranteed any more",
        StepKind.BankLetsGo => $"the bank lets go of {w.Payments[step.A].Reference}",
        StepKind.KeysForgotten => "the service forgets the keys that it has seen",
        StepKind.Hint => $"somebody says that {w.State.Attempts[step.A].Reference} has changed",
        StepKind.OrphanHint => $"somebody speaks of {s.FirstReference}, which no trip has",
        StepKind.Refund => $"a person orders that {s.Refunds[step.A]} be given back in all",
        StepKind.Crash => $"power cut{(step.A == 1 ? "; what was not synced is gone" : "")}{(step.B == 1 ? "; the receipt had just arrived" : "")}",
        StepKind.Fare => "the meter says FARE",
        StepKind.FareAgain => "the meter says FARE again",
        StepKind.Book => "the meter says BOOK",
        StepKind.Void => "the meter says VOID of the trip",
        StepKind.VoidBooking => "the meter says VOID of the booking",
        StepKind.WordAcknowledged => $"the meter acknowledges {w.State.Word!.Kind}",
        StepKind.Number => "driver: the number",
        StepKind.OtherNumber => "driver: another number",
        StepKind.SendAgain => "driver: send again",
        StepKind.OtherWay => "driver: other way to pay",
        StepKind.LetStand => "driver: let it stand",
        StepKind.Undo => "driver: undo it",
        StepKind.Hold => "technician: hold",
        StepKind.Release => "technician: release",
        StepKind.Resolve => "technician: paid otherwise",
        StepKind.GiveUp => "technician: give up what is left",
        _ => step.ToString(),
    };

    public static string Of(Operation operation) => $"{operation.Kind} {operation.Id} of {operation.Reference}{(operation.Amount is { } amount ? $" {amount}" : "")}";

    public static string Of(Input input) => input switch
    {
        Input.Tried tried => $"Tried {tried.Kind} {tried.OperationId}: {Of(tried.Result)}",
        Input.Due due => $"Due {due.Timer} {due.Reference}",
        _ => input.GetType().Name,
    };

    public static string Of(TryOutcome outcome) => outcome switch
    {
        TryOutcome.Read { Reading: var r } => $"{r.State} authorized {r.Authorized} captured {r.Captured} cancelled {r.Cancelled} refunded {r.Refunded}",
        TryOutcome.Refused refused => $"refused {refused.Kind}",
        _ => outcome.GetType().Name,
    };

    public static string Of(Effect effect) => effect switch
    {
        Effect.Begin { Operation: var operation } => $"begin {Of(operation)}",
        Effect.Again { OperationId: var id } => $"again {id}",
        Effect.Forget { OperationId: var id } => $"forget {id}",
        Effect.Withdraw { OperationId: var id } => $"withdraw {id}",
        Effect.Hasten { OperationId: var id } => $"hasten {id}",
        Effect.StartTimer start => $"start timer {start.Timer} {start.Reference}",
        Effect.StopTimer stop => $"stop timer {stop.Timer} {stop.Reference}",
        Effect.Alarm alarm => $"alarm {alarm.Kind}: {alarm.Detail}",
        _ => effect.ToString()!,
    };
}
