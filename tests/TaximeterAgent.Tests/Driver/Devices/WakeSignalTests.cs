using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class WakeSignalTests
{
    [Fact]
    public void A_sleeper_is_woken_by_another_thread_and_by_a_signal_that_came_before_it_slept()
    {
        using var signal = new WakeSignal();
        signal.Set();
        signal.Set();
        signal.Wait(); // would sleep for ever
        using var asleep = new ManualResetEventSlim();
        var sleeper = new Thread(() =>
        {
            asleep.Set();
            signal.Wait();
        });
        sleeper.Start();
        asleep.Wait();
        signal.Set();
        Assert.True(sleeper.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_limit_ends_the_sleep_and_signals_that_were_taken_do_not_come_again()
    {
        using var signal = new WakeSignal();
        signal.Set();
        signal.Wait(TimeSpan.FromHours(1));
        signal.Wait(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Whoever_polls_it_with_other_things_sees_it_set_until_it_is_cleared()
    {
        using var signal = new WakeSignal();
        Assert.False(IsSet(signal));
        signal.Set();
        Assert.True(IsSet(signal));
        signal.Clear();
        Assert.False(IsSet(signal));

        static bool IsSet(WakeSignal signal)
        {
            Span<Libc.PollFd> polled = [new() { Descriptor = signal.Descriptor, Events = Libc.PollIn }];
            return Libc.Poll(polled, 1, 0) == 1;
        }
    }

    [Fact]
    public void It_may_be_set_after_its_end()
    {
        var signal = new WakeSignal();
        signal.Dispose();
        signal.Dispose();
        signal.Set();
    }
}
