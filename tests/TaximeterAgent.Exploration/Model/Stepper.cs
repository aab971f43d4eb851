using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Exploration.Coverage;
using TaximeterAgent.Exploration.Sabotage;

namespace TaximeterAgent.Exploration.Model;

/// <summary>
/// Makes the world that a step leads to. Does what the agent's host does around <see cref="TripPayment"/>: one round takes an input and what follows from it at
/// once, commits, and only then sends; a round that moved money or heard a person is synced.
/// </summary>
internal sealed class Stepper(Scenario scenario, Saboteur saboteur, PairCounts? counts = null)
{
    /// <summary>Withdrawals and what follows from them, in one round. More than there are attempts would be a loop.</summary>
    private const int RoundMaximum = 50;

    /// <summary>Where the trace is written, when one is wanted.</summary>
    public List<string>? Journal { get; set; }

    /// <summary>The world before anything has happened.</summary>
    public World Start(Payment? earlier) => new()
    {
        Crashes = scenario.Crashes,
        Losses = scenario.Losses,
        Refusals = scenario.Refusals,
        Holds = scenario.Holds,
        Resolves = scenario.Resolves,
        Payments = earlier is null ? [] : [earlier],
        KeptEarlier = earlier is null ? 0 : earlier.Captured - earlier.Refunded,
    };

    /// <summary>What the world is after this step.</summary>
    /// <exception cref="Violation">This must not be possible.</exception>
    public World Take(World from, Step step)
    {
        var w = from.Copy();
        Journal?.Add($"* {Words.Of(step, from, scenario)}");
        switch (step.Kind)
        {
            case StepKind.Send:
                Send(w, step.A);
                break;
            case StepKind.Answered:
                Answer(w, step.A, saboteur.Exchange(w, scenario, w.Calls[step.A].Operation));
                break;
            case StepKind.RequestLost or StepKind.AnswerLost or StepKind.GivenUp or StepKind.NotSent:
                Lose(w, step);
                break;
            case StepKind.Refused or StepKind.RefusedAndRemembered:
                Refuse(w, step);
                break;
            case StepKind.Arrives:
                var arriving = w.Letters[step.A].Operation;
                w.Letters = w.Letters.RemoveAt(step.A);
                Arrive(w, arriving);
                break;
            case StepKind.Vanishes:
                w.Letters = w.Letters.RemoveAt(step.A);
                break;
            case StepKind.TimerEnds:
                var timer = w.Timers[step.A];
                w.Timers = w.Timers.RemoveAt(step.A);
                Round(w, (at, id) => new Input.Due(timer.Kind, timer.Reference) { At = at, Id = id });
                break;
            case StepKind.CustomerApproves or StepKind.CustomerRefuses or StepKind.RequestExpires or StepKind.GuaranteeEnds or StepKind.BankLetsGo:
                var payment = w.Payments[step.A];
                w.Payments = w.Payments.SetItem(step.A, Happened(payment, step.Kind));
                break;
            case StepKind.KeysForgotten:
                w.Keys = [];
                break;
            case StepKind.Crash:
                Crash(w, step);
                break;
            default:
                Hear(w, step);
                break;
        }

        Judge.AfterStep(w, scenario);
        ForgetKeysOfNobody(w);
        return w;
    }

    // A key that nobody holds any more is never seen again.
    private static void ForgetKeysOfNobody(World w)
    {
        for (var i = w.Keys.Length - 1; i >= 0; i--)
        {
            if (!IsHeld(w, w.Keys[i].Key))
                w.Keys = w.Keys.RemoveAt(i);
        }
    }

    private static bool IsHeld(World w, string id)
    {
        foreach (var letter in w.Letters)
        {
            if (letter.Operation.Id == id)
                return true;
        }

        foreach (var call in w.Calls)
        {
            if (call.Operation.Id == id)
                return true;
        }

        return Holds(w.State, id) || (w.Crashes > 0 && Holds(w.Disk.State, id));
    }

    private static Payment Happened(Payment p, StepKind what) => what switch
    {
        StepKind.CustomerApproves => p with { State = PaymentState.Authorized, Authorized = p.Amount },
        StepKind.CustomerRefuses => p with { State = PaymentState.Aborted },
        StepKind.RequestExpires => p with { State = PaymentState.Expired },
        StepKind.GuaranteeEnds => p with { Late = true },
        _ => p with { Gone = true },
    };

    private void Hear(World w, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Fare or StepKind.FareAgain:
                w.FareSaid = true;
                Round(w, (at, id) => new Input.FareReceived(scenario.Fare!, scenario.OldFare, scenario.Probe) { At = at, Id = id }, step.Kind == StepKind.FareAgain);
                break;
            case StepKind.Book:
                w.BookingSaid = true;
                Round(w, (at, id) => new Input.BookReceived(scenario.Booking!, scenario.Probe) { At = at, Id = id });
                break;
            case StepKind.Void:
                w.VoidSaid = true;
                Round(w, (at, id) => new Input.Voided(Scenario.Trip, null, scenario.Probe) { At = at, Id = id });
                break;
            case StepKind.VoidBooking:
                w.BookingVoidSaid = true;
                Round(w, (at, id) => new Input.Voided(null, Scenario.BookingName) { At = at, Id = id });
                break;
            case StepKind.WordAcknowledged:
                Round(w, (at, id) => new Input.WordAnswered(w.State.Word!.Number) { At = at, Id = id });
                break;
            case StepKind.Hint:
                Round(w, (at, id) => new Input.PaymentHint(w.State.Attempts[step.A].Reference) { At = at, Id = id });
                break;
            case StepKind.OrphanHint:
                w.OrphanSaid = true;
                Round(w, (at, id) => new Input.OrphanHinted(scenario.FirstReference, AttemptKind.Request, 1) { At = at, Id = id });
                break;
            case StepKind.Number or StepKind.OtherNumber:
                w.Asked = true;
                Round(w, (at, id) => new Input.NumberConfirmed(step.Kind == StepKind.Number ? Scenario.Phone : Scenario.OtherPhone) { At = at, Id = id });
                break;
            case StepKind.SendAgain:
                w.Asked = true;
                Round(w, (at, id) => new Input.SendAgain { At = at, Id = id });
                break;
            case StepKind.OtherWay:
                Round(w, (at, id) => new Input.OtherWayChosen { At = at, Id = id });
                break;
            case StepKind.LetStand:
                Round(w, (at, id) => new Input.LetStand { At = at, Id = id });
                break;
            case StepKind.Undo:
                Round(w, (at, id) => new Input.UndoChosen { At = at, Id = id });
                break;
            case StepKind.Refund:
                Round(w, (at, id) => new Input.RefundOrdered(scenario.Refunds[step.A]) { At = at, Id = id });
                break;
            case StepKind.Hold:
                w.Holds--;
                w.HoldSaid = true;
                Round(w, (at, id) => new Input.Held { At = at, Id = id });
                break;
            case StepKind.Release:
                w.HoldSaid = false;
                Round(w, (at, id) => new Input.Released { At = at, Id = id });
                break;
            case StepKind.Resolve:
                w.Resolves--;
                w.ResolveSaid = true;
                w.GiveUpSaid = false;
                Round(w, (at, id) => new Input.Resolved { At = at, Id = id });
                break;
            case StepKind.GiveUp:
                w.GiveUpSaid = true;
                w.HoldSaid = false;
                Round(w, (at, id) => new Input.Resolved(GiveUp: true) { At = at, Id = id });
                break;
        }
    }

    private void Send(World w, int index)
    {
        var call = w.Calls[index];
        Judge.Sending(w, call.Operation);
        w.ReleaseSent |= w.State.Orphan is not null && call.Operation.Kind == OperationKind.Cancel;
        w.Calls = w.Calls.SetItem(index, call with { Stage = Stage.OnItsWay });
    }

    private void Lose(World w, Step step)
    {
        var operation = w.Calls[step.A].Operation;
        w.Losses--;
        if (step.Kind == StepKind.AnswerLost)
            Arrive(w, operation);
        else if (step.Kind == StepKind.GivenUp)
            w.Letters = w.Letters.Add(new Letter(operation));
        TryOutcome outcome = step.Kind == StepKind.NotSent ? new TryOutcome.NotSent() : new TryOutcome.Unknown();
        Answer(w, step.A, saboteur.Unanswered(w, scenario, operation, outcome), noRoom: step.B == 1);
    }

    private void Refuse(World w, Step step)
    {
        var operation = w.Calls[step.A].Operation;
        var refusal = scenario.RefusalKinds[step.B].Refusal;
        w.Refusals--;
        if (step.Kind == StepKind.RefusedAndRemembered)
            PaymentService.Remember(w, operation, refusal);
        if (refusal == Refusal.CaptureTooLate && w.Payment(operation.Reference) is { } payment)
            w.Payments = w.Payments.Replace(payment, payment with { Gone = true });
        Answer(w, step.A, new TryOutcome.Refused(refusal));
    }

    private void Arrive(World w, Operation operation)
    {
        var outcome = saboteur.Exchange(w, scenario, operation);
        Journal?.Add($"    arrives: {Words.Of(operation)}: {Words.Of(outcome)}");
        Judge.AfterService(w, scenario);
    }

    private void Answer(World w, int index, TryOutcome outcome, bool noRoom = false)
    {
        Judge.AfterService(w, scenario);
        var call = w.Calls[index];
        var operation = call.Operation;
        w.Calls = operation.Kind == OperationKind.Query || call.Forgotten ? w.Calls.RemoveAt(index) : w.Calls.SetItem(index, call with { Stage = Stage.Resting });
        Round(w, (at, id) => new Input.Tried(operation.Id, operation.Kind, operation.Reference, outcome, noRoom) { At = at, Id = id });
    }

    private void Crash(World w, Step step)
    {
        w.Crashes--;
        foreach (var call in w.Calls)
        {
            var operation = call.Operation;
            if (step.B == 1 && call.Stage == Stage.Planned && operation.Kind == OperationKind.PostReceipt)
                Arrive(w, operation);
            else if (call.Stage == Stage.OnItsWay && operation.Kind != OperationKind.Query)
                w.Letters = w.Letters.Add(new Letter(operation));
        }

        var disk = step.A == 1 ? w.Disk : Save(w);
        // A clock that is wrong after the start may end any stored timer at once, whatever was sent before it was set.
        if (w.Letters.Any(letter => letter.BeforeTimer))
            w.Letters = [.. w.Letters.Select(letter => letter with { BeforeTimer = false })];
        w.Disk = disk;
        w.State = disk.State;
        w.Calls = [.. disk.Operations.Select(operation => new Call(operation, Stage.Resting))];
        var open = w.State.Busy || w.State.Unpaid;
        w.Timers = open ? disk.Timers : [];
        Judge.AfterStart(w);
        if (!open)
        {
            // Read when somebody asks for it, as the store has it: without what a start would make anew.
            w.State = w.State with { Attempts = [.. w.State.Attempts.Select(a => a with { Pending = null, ReceiptPending = null, Failures = 0, ReadFirst = false })] };
            w.Calls = w.Calls.RemoveAll(call => !Holds(w.State, call.Operation.Id));
            return;
        }

        Round(w, (at, id) => new Input.Restarted { At = at, Id = id });
        var state = w.State;
        w.Calls = w.Calls.RemoveAll(call => !Holds(state, call.Operation.Id));
        w.Disk = w.Disk with { Operations = w.Disk.Operations.RemoveAll(operation => !Holds(state, operation.Id)) };
    }

    private static bool Holds(TripState state, string id)
    {
        foreach (var a in state.Attempts)
        {
            if (a.CreateId == id || a.Capture?.Id == id || a.Refund?.Id == id || a.Pending?.Id == id || a.ReceiptPending?.Id == id)
                return true;
        }

        return false;
    }

    private static Disk Save(World w)
    {
        var stored = ImmutableArray.CreateBuilder<Operation>();
        foreach (var call in w.Calls)
        {
            if (call.Operation.MovesMoney && !call.Forgotten)
                stored.Add(call.Operation);
        }

        return new Disk(w.State, stored.DrainToImmutable(), w.Timers);
    }

    private void Round(World w, Func<DateTimeOffset, string, Input> first, bool repeated = false)
    {
        var withdrawn = new Queue<Operation>();
        var sync = TakeOne(w, first(Scenario.Now, NewId(w)), withdrawn, repeated);
        for (var i = 0; withdrawn.TryDequeue(out var back); i++)
        {
            if (i == RoundMaximum)
                throw new Violation(Broken.Rule, "a round that does not end");
            sync |= TakeOne(w, new Input.Tried(back.Id, back.Kind, back.Reference, new TryOutcome.Withdrawn()) { At = Scenario.Now, Id = NewId(w) }, withdrawn, repeated: false);
        }

        // Once no power cut can come any more, nobody reads the disk.
        if (w.Crashes == 0)
            w.Disk = new Disk(w.State, [], []);
        else if (saboteur.Syncs(sync))
            w.Disk = Save(w);
    }

    private static string NewId(World w) => $"i{++w.Inputs}";

    // True if the round has to be synced; the rule is TripBook's.
    private bool TakeOne(World w, Input input, Queue<Operation> withdrawn, bool repeated)
    {
        counts?.Count(w.State, input, repeated);
        var before = w.State;
        Decision decision;
        try
        {
            decision = saboteur.Decide(before, input, scenario.Policy);
        }
#pragma warning disable CA1031 // No exception for any state and input is what is promised.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new Violation(Broken.Rule, $"exception: {e}");
        }

        w.State = decision.State;
        Journal?.Add($"    > {Words.Of(input)}");
        var sync = input is not (Input.Tried or Input.Restarted or Input.PaymentHint or Input.WordAnswered) || !Equals(before.Word, w.State.Word) || before.Settled != w.State.Settled;
        foreach (var effect in decision.Effects)
        {
            Journal?.Add($"        {Words.Of(effect)}");
            sync |= effect is Effect.Begin { Operation.MovesMoney: true };
            Apply(w, effect, withdrawn);
        }

        Judge.AfterInput(w, before, scenario);
        return sync;
    }

    private static void Apply(World w, Effect effect, Queue<Operation> withdrawn)
    {
        switch (effect)
        {
            case Effect.Begin { Operation: var operation }:
                Judge.Beginning(w, operation);
                w.Calls = w.Calls.Add(new Call(operation, Stage.Planned));
                break;
            case Effect.Again { OperationId: var id }:
                var again = w.IndexOfCall(id);
                if (again < 0 || w.Calls[again].Stage != Stage.Resting)
                    throw new Violation(Broken.Rule, $"{id} is tried again, and it is {(again < 0 ? "forgotten" : "under way")}");
                Judge.Beginning(w, w.Calls[again].Operation, again: true);
                w.Calls = w.Calls.SetItem(again, w.Calls[again] with { Stage = Stage.Planned });
                break;
            case Effect.Forget { OperationId: var id }:
                if (w.IndexOfCall(id) is >= 0 and var forgotten)
                    w.Calls = w.Calls[forgotten].Stage == Stage.OnItsWay ? w.Calls.SetItem(forgotten, w.Calls[forgotten] with { Forgotten = true }) : w.Calls.RemoveAt(forgotten);
                break;
            case Effect.Withdraw { OperationId: var id }:
                if (w.IndexOfCall(id) is >= 0 and var back && w.Calls[back] is { Stage: Stage.Planned, Operation: var taken })
                {
                    w.Calls = taken.Kind == OperationKind.Query ? w.Calls.RemoveAt(back) : w.Calls.SetItem(back, w.Calls[back] with { Stage = Stage.Resting });
                    withdrawn.Enqueue(taken);
                }

                break;
            case Effect.StartTimer start:
                if (IndexOf(w, start.Timer, start.Reference) < 0)
                    w.Timers = w.Timers.Add(new RunningTimer(start.Timer, start.Reference));
                if (start.Timer is TimerKind.Certain or TimerKind.FinalRead)
                    MarkLetters(w, start.Reference);
                break;
            case Effect.StopTimer stop:
                if (IndexOf(w, stop.Timer, stop.Reference) is >= 0 and var running)
                    w.Timers = w.Timers.RemoveAt(running);
                break;
        }
    }

    private static void MarkLetters(World w, Reference? reference)
    {
        for (var i = 0; i < w.Letters.Length; i++)
        {
            if (w.Letters[i].Operation.Reference == reference && w.Letters[i] is { BeforeTimer: false, Resent: false })
                w.Letters = w.Letters.SetItem(i, w.Letters[i] with { BeforeTimer = true });
        }
    }

    private static int IndexOf(World w, TimerKind kind, Reference? reference)
    {
        for (var i = 0; i < w.Timers.Length; i++)
        {
            if (w.Timers[i].Kind == kind && w.Timers[i].Reference == reference)
                return i;
        }

        return -1;
    }
}
