using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Payments;

/// <summary>The power is cut after each input in turn: the same end, and one capture.</summary>
public sealed class RestartTests
{
    public static TheoryData<string> Stories => [.. s_stories.Keys];

    private static readonly Dictionary<string, Action<TripScript>> s_stories = new()
    {
        ["a fare"] = s => s.Fare().RunToTheEnd(),
        ["a capture whose answer is lost"] = s => s.Next(OperationKind.Capture, Fate.AnswerLost).Fare().RunToTheEnd(),
        ["a create whose answer is lost"] = s => s.Next(OperationKind.Create, Fate.AnswerLost).Fare().RunToTheEnd(),
        ["a reservation"] = s => s.Book().RunMinutes(30).Fare(booking: "B-1").RunToTheEnd(),
        ["a reservation too small"] = s => s.Book(30_000).RunMinutes(30).Fare(booking: "B-1").RunToTheEnd(),
        ["a refund"] = s => s.Fare().RunToTheEnd().Refund(20_000).RunToTheEnd(),
        ["a VOID after the capture"] = s => s.Fare().RunToTheEnd().Void().RunToTheEnd(),
        ["a code on paper"] = s => ByCode(s).Code().RunToTheEnd(),
        ["a code on paper whose address is lost"] = s => ByCode(s).Next(OperationKind.Create, Fate.AnswerLost).Code().RunToTheEnd(),
        ["an empty store"] = s => s.Fare(probe: true).RunToTheEnd(),
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_restart_after_any_input_comes_to_the_same_end(string story)
    {
        var straight = new TripScript();
        s_stories[story](straight);
        straight.AssertTruth();
        for (var input = 1; input <= straight.Inputs; input++)
        {
            var cut = new TripScript { RestartAfterInput = input };
            s_stories[story](cut);
            cut.AssertTruth();
            Assert.Equal(straight.Server.Payments.Select(Money), cut.Server.Payments.Select(Money));
            Assert.Equal(straight.State.Word! with { Number = 0 }, cut.State.Word! with { Number = 0 });
            Assert.All(cut.Server.Payments, p => Assert.InRange(p.Captures.Count, 0, 1));
        }

        static object Money(ServerPayment p) => (p.Reference, p.Amount, p.State, p.Captured, p.Cancelled, p.Refunded);
    }

    private static TripScript ByCode(TripScript s)
    {
        s.Server.Codes = true;
        return s.Fare(phone: null);
    }

    [Fact]
    public void After_a_start_an_open_payment_is_read_before_anything_else_is_sent()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Capture);
        var sent = s.Sent.Count;
        s.Restart().RunToTheEnd();
        Assert.Equal(OperationKind.Query, s.Sent[sent].Kind);
    }

    [Fact]
    public void A_hint_reads_at_once_and_decides_nothing()
    {
        var s = new TripScript { Customers = _ => (Customer.DoesNothing, default) };
        s.Fare().RunUntil(t => t.State.Attempts[0].Pending?.Kind == OperationKind.Query);
        var before = s.State;
        s.Hint(s.State.Attempts[0].Reference);
        Assert.Equal(before.Attempts[0], s.State.Attempts[0]);
        s.Run(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, s.CountSent(OperationKind.Query));
        s.Hint(Reference.OfBooking("taxi", "1", "unknown", 1));
    }
}
