using System.Runtime.ExceptionServices;

namespace TaximeterAgent.Simulation;

/// <summary>
/// Works on one number after the other, on as many threads as there are workers, and gives the results in the order of the numbers: what is read of them does not depend
/// on how many workers there are. Each number is worked on by one thread alone.
/// </summary>
internal static class Crew
{
    /// <summary>How many numbers for each worker may be ahead of the one that is waited for: a long one does not hold up the others at once.</summary>
    private const int AheadPerWorker = 16;

    /// <summary>Ends when the reader does: what is under way then is finished and dropped.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="workers">At least 1.</param>
    /// <param name="work">Must be ready to run beside itself. What it throws is thrown to the reader, at its number.</param>
    public static IEnumerable<T> Work<T>(int first, int workers, Func<int, T> work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        using var bench = new Bench<T>(first, workers, work);
        while (true)
            yield return bench.Next();
    }

    /// <summary>What workers and reader share.</summary>
    private sealed class Bench<T> : IDisposable
    {
        private readonly Lock _start = new();
        private readonly Func<int, T> _work;
        private readonly Place[] _places;
        private readonly Thread[] _threads;
        private int _started;
        private int _read;
        private volatile bool _over;
        private readonly int _first;

        public Bench(int first, int workers, Func<int, T> work)
        {
            (_first, _work) = (first, work);
            _places = [.. Enumerable.Range(0, workers * AheadPerWorker).Select(_ => new Place())];
            _threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(Run) { IsBackground = true })];
            foreach (var thread in _threads)
                thread.Start();
        }

        public T Next()
        {
            var place = _places[_read++ % _places.Length];
            place.Filled.Wait();
            var (result, error) = (place.Result, place.Error);
            place.Result = default;
            place.Free.Release();
            error?.Throw();
            return result!;
        }

        public void Dispose()
        {
            _over = true;
            foreach (var place in _places)
                place.Free.Release();
            foreach (var thread in _threads)
                thread.Join();
            foreach (var place in _places)
                place.Dispose();
        }

        private void Run()
        {
            while (true)
            {
                int turn;
                Place place;
                // Places become free in their order: whoever waits for one holds up nobody who would not have to wait as well, and nobody takes it a round too early.
                lock (_start)
                {
                    turn = _started++;
                    place = _places[turn % _places.Length];
                    place.Free.Wait();
                }

                if (_over)
                    return;
                try
                {
                    place.Result = _work(_first + turn);
                }
#pragma warning disable CA1031 // Whatever it was, the reader has it.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    place.Error = ExceptionDispatchInfo.Capture(e);
                }

                place.Filled.Release();
            }
        }

        /// <summary>Where one number's result waits for its reader; then that of another, a round later.</summary>
        private sealed class Place : IDisposable
        {
            public SemaphoreSlim Free { get; } = new(1);

            public SemaphoreSlim Filled { get; } = new(0);

            public T? Result { get; set; }

            public ExceptionDispatchInfo? Error { get; set; }

            public void Dispose()
            {
                Free.Dispose();
                Filled.Dispose();
            }
        }
    }
}
