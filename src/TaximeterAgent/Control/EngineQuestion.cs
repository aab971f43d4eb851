using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>
/// One question to the engine, from any thread: its first half runs on the engine's thread with what waits there, its second half after the commit of the same
/// round. An answer therefore never tells of what is not stored.
/// </summary>
internal static class EngineQuestion
{
    /// <summary>How long the engine may take: it sleeps until it is woken and never waits for the network.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks.</summary>
    /// <param name="engine">Null while there is none.</param>
    /// <param name="take">What is done, or why not; null to go on to <paramref name="answer"/>.</param>
    /// <param name="answer">What is said once all is stored.</param>
    /// <param name="changes">True if <paramref name="take"/> changes something: then a late answer says so.</param>
    /// <param name="time">For the patience.</param>
    /// <param name="cancellationToken">The asker went away.</param>
    public static async Task<Answer<T>> AskAsync<T>(
        Engine? engine, Func<Engine, Problem?> take, Func<Engine, Answer<T>> answer, bool changes, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        if (engine is null)
            return Problem.Starting;
        var question = new Question<T>(engine, take, answer, changes);
        if (!engine.Post(question.Take))
            return Problem.TooBusy;
        try
        {
            return await question.Answered.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return question.Abandon() || !changes ? Problem.NoAnswer : Problem.NotCertain;
        }
        catch (OperationCanceledException)
        {
            question.Abandon();
            throw;
        }
    }

    private sealed class Question<T>(Engine engine, Func<Engine, Problem?> take, Func<Engine, Answer<T>> answer, bool changes)
        where T : class
    {
        private const int Waiting = 0;
        private const int Taken = 1;
        private const int Abandoned = 2;

        // The asker's continuation must not run on the engine's thread.
        private readonly TaskCompletionSource<Answer<T>> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _state;

        public Task<Answer<T>> Answered => _answered.Task;

        /// <summary>True if it had not been taken yet, and now never is.</summary>
        public bool Abandon() => Interlocked.CompareExchange(ref _state, Abandoned, Waiting) == Waiting;

        public void Take()
        {
            if (Interlocked.CompareExchange(ref _state, Taken, Waiting) != Waiting)
                return;
            try
            {
                if (take(engine) is { } problem)
                    _answered.TrySetResult(problem);
                else
                    Wait();
            }
            catch (TripStateUnreadableException e)
            {
                // The trip of a person's question, not one that is under way: the others go on.
                _answered.TrySetResult(Problem.Unreadable(e.Message));
            }
        }

        private void Wait()
        {
            engine.Settled += Settled;
            if (changes)
                engine.NotStored += NotStored;
        }

        // What was ordered has not happened; a later round that is stored is not its own.
        private void NotStored()
        {
            Forget();
            _answered.TrySetResult(Problem.StoreFull);
        }

        private void Forget()
        {
            engine.Settled -= Settled;
            engine.NotStored -= NotStored;
        }

        private void Settled()
        {
            Forget();
            try
            {
                _answered.TrySetResult(answer(engine));
            }
#pragma warning disable CA1031 // A mistake in telling somebody how things stand must not stop the payments.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _answered.TrySetException(e);
            }
        }
    }
}
