using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

/// <summary>What is kept of the frames: enough to answer questions months later, and no phone number.</summary>
public class HistoryTests
{
    [Fact]
    public void Every_frame_of_both_sides_is_told_with_its_CRC()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.AcksLast();
        bench.Says("PING|1");
        Assert.Equal(["True HELLO", "False ACK", "False PING", "True ACK"], bench.History.Select(frame => $"{frame.Sent} {frame.Type}"));
        Assert.Equal(bench.Sent[0].Crc, bench.History[0].Crc);
        Assert.Equal(bench.Sent[0].Payload, bench.History[0].Payload);
    }

    [Theory]
    [InlineData("BOOK|1|booking=B|phone=4791234567|cur=NOK|pickup=Storgata 1", "BOOK|1|booking=B|phone=+47 •••• ••67|cur=NOK|pickup=…")]
    [InlineData("BOOK|1|booking=B|phone=912345|cur=NOK", "BOOK|1|booking=B|phone=…|cur=NOK")]
    [InlineData("BOOK|1|phone=%34791234567", "BOOK|1|phone=+47 •••• ••67")]
    [InlineData("VOID|1|booking=B|reason=rang 912 34 567, cash", "VOID|1|booking=B|reason=rang …, cash")]
    [InlineData("VOID|1|booking=B|reason=%391234567", "VOID|1|booking=B|reason=…")]
    [InlineData("VOID|1|booking=B|reason=50%25 cash 12", "VOID|1|booking=B|reason=50%25 cash 12")]
    [InlineData("PING|1|customer=4791234567|4791234567", "PING|1|…|…")]
    [InlineData("BOOK|1|booking=Bphone=4791234567", "BOOK|1|booking=Bphone=…")]
    [InlineData("4791234567|1|x=1", "?|…")]
    public void Phone_numbers_and_what_might_be_one_are_masked(string payload, string kept) => Assert.Equal(kept, PayloadMask.Apply(payload, Country.NO));

    [Fact]
    public void The_example_is_kept_whole() => Assert.Equal(TfpBench.Fare345, PayloadMask.Apply(TfpBench.Fare345, Country.NO));

    [Fact]
    public void A_refusal_that_quotes_a_key_does_not_leak_it()
    {
        var bench = new TfpBench().Greeted();
        bench.Says("PING|1|4791234567=|4791234567=");
        Assert.Equal("field:4791234567", bench.Sent[^1].Payload.Split("reason=")[1]);
        Assert.DoesNotContain(bench.History, frame => frame.Payload.Contains("91234567"));
    }
}
