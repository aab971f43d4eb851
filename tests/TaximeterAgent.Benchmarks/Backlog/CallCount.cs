using System.Diagnostics;
using TaximeterAgent.Benchmarks.Car;

namespace TaximeterAgent.Benchmarks.Backlog;

/// <summary>Counts the calls of trips that pass, from the first one on.</summary>
internal sealed class CallCount
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _captures;
    private long _first;
    private long _last;
    private int _calls;
    private int _captured;

    /// <param name="captures">After how many answers to captures it is <see cref="Done"/>.</param>
    public CallCount(int captures) => _captures = captures;

    /// <summary>Ends with the last capture's answer.</summary>
    public Task Done => _all.Task;

    public int Calls
    {
        get
        {
            lock (_gate)
                return _calls;
        }
    }

    /// <summary>From the first request to the last capture's answer.</summary>
    /// <exception cref="InvalidOperationException">Not as many captures were answered as there should be.</exception>
    public double Seconds
    {
        get
        {
            lock (_gate)
            {
                return _captured == _captures
                    ? Stopwatch.GetElapsedTime(_first, _last).TotalSeconds
                    : throw new InvalidOperationException($"{_captured} captures were answered and not {_captures}");
            }
        }
    }

    public void Take(StampedRequest request)
    {
        if (!ServiceCall.IsOfTrip(request.Line))
            return;
        lock (_gate)
        {
            if (request.Answered == 0)
            {
                if (_calls++ == 0)
                    _first = request.Arrived;
            }
            else if (ServiceCall.IsCapture(request.Line))
            {
                _last = request.Answered;
                if (++_captured == _captures)
                    _all.TrySetResult();
            }
        }
    }
}
