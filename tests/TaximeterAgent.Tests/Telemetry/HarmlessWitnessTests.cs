using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Telemetry;

/// <summary>A mistake in a figure is no reason for a payment to stop.</summary>
public sealed class HarmlessWitnessTests
{
    private static readonly TripState s_trip = Examples.Open(1);

    private static readonly StoredOperation s_call = Examples.Create(1);

    [Fact]
    public void Whoever_fails_once_is_told_to_the_log_and_not_asked_again_whatever_it_is_asked()
    {
        foreach (var call in Calls())
        {
            using var log = new LogCollector();
            var broken = new Broken();
            var harmless = new HarmlessWitness(broken, new Logger<HarmlessWitness>(log));

            call(harmless);
            foreach (var again in Calls())
                again(harmless);

            Assert.Equal(1, broken.Asked);
            Assert.Equal("Error: Broken has failed and counts nothing any more until the agent is started anew; payments go on. a figure is wrong", log.Text);
        }
    }

    private static IReadOnlyList<Action<ITripWitness>> Calls() =>
    [
        witness => witness.Decided(1, new Input.Restarted { At = Examples.Noon, Id = "in-1" }, s_trip, s_trip),
        witness => witness.Committed(new OutboxBatch(), 0),
        witness => witness.Stored(1, null, s_trip),
        witness => witness.Calling(s_call),
        witness => witness.Called(s_call, new CallReport(new TryOutcome.Done())),
        witness => witness.Forgotten(),
    ];

    private sealed class Broken : ITripWitness
    {
        public int Asked { get; private set; }

        public void Decided(long key, Input input, TripState before, TripState after) => Fail();

        public void Committed(OutboxBatch batch, long began) => Fail();

        public void Stored(long key, TripState? before, TripState after) => Fail();

        public void Calling(StoredOperation operation) => Fail();

        public void Called(StoredOperation operation, CallReport report) => Fail();

        public void Forgotten() => Fail();

        private void Fail()
        {
            Asked++;
            throw new InvalidOperationException("a figure is wrong");
        }
    }
}
