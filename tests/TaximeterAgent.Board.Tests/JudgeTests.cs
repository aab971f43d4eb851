using TaximeterAgent.Board.Disk;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Tests;

/// <summary>A trip in which all is well has no findings; each single thing that can be wrong is found, and of the right kind.</summary>
public class JudgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly TripKey Trip = new("NO-4711", "1042", "2026-11-20T09:36:00Z");
    private static readonly TripFare Fare = new(Trip, 34_500, "NOK") { Finish = "2026-11-20T10:00:00Z", Fare = 34_500 };
    private static readonly PaidResult Paid = new(Trip, 34_500, "NOK", "r1", At(7));

    private static readonly PaymentFacts Payment = new()
    {
        Reference = "taxi-NO4711T7-1042-ab12cd34-1",
        State = "AUTHORIZED",
        Authorized = 34_500,
        Captured = 34_500,
        CustomerInteraction = "CUSTOMER_PRESENT",
        Metadata = new Dictionary<string, string> { ["trip"] = Trip.ToString(), ["car"] = "NO-4711-T7" },
        ReceiptTotal = 34_500,
        Events = [new("CREATED", 34_500, At(3)), new("AUTHORIZED", 34_500, At(5)), new("CAPTURED", 34_500, At(6))],
    };

    private static readonly PaymentFacts Again = Payment with
    {
        Reference = "taxi-NO4711T7-1042-ab12cd34-2",
        Events = [new("CREATED", 34_500, At(4)), new("AUTHORIZED", 34_500, At(5)), new("CAPTURED", 34_500, At(6))],
    };

    private static readonly Evidence Good = new()
    {
        Name = "good",
        Payments = [Payment],
        Meter = new MeterFacts { Acknowledged = [new(Trip, 34_500, "NOK", null, null, At(1))], Paid = [Paid], Named = [Trip.ToString()] },
        Screens = [Screen(0, ""), Screen(4, "Wait ..."), Screen(7, "PAID")],
    };

    private static readonly (string What, Harm Harm, Evidence Evidence)[] Wrongs =
    [
        ("the fare was never acknowledged", Harm.Lost, Good with { Payments = [], Meter = new MeterFacts { Named = [Trip.ToString()] }, Screens = [] }),
        ("a fare that was acknowledged is forgotten", Harm.Lost, Good with { Payments = [], Meter = Good.Meter with { Paid = [] }, Screens = [] }),
        ("PAID was said and nothing was captured", Harm.Lost, Good with { Payments = [Payment with { Captured = 0, Cancelled = 34_500, State = "TERMINATED", ReceiptTotal = null }] }),
        ("less was captured than is due", Harm.Lost, Good with { Payments = [Payment with { Captured = 34_000, Cancelled = 500, ReceiptTotal = 34_000 }] }),
        ("the receipt is missing", Harm.Lost, Good with { Payments = [Payment with { ReceiptTotal = null }] }),
        ("two payments were captured", Harm.Double, Good with { Payments = [Payment, Again] }),
        ("two could have been approved at a time", Harm.Double, Good with { Payments = [Payment, Again with { Captured = 0, Cancelled = 34_500, State = "TERMINATED", ReceiptTotal = null }] }),
        ("captured in two parts", Harm.Double, Good with
        {
            Payments = [Payment with { Events = [new("CREATED", 34_500, At(3)), new("AUTHORIZED", 34_500, At(4)), new("CAPTURED", 14_500, At(5)), new("CAPTURED", 20_000, At(6))] }],
        }),
        ("a payment is for nothing", Harm.Double, Good with
        {
            Payments = [Payment, Payment with { Metadata = new Dictionary<string, string> { ["trip"] = "other", ["car"] = "NO-4711-T7" } }],
        }),
        ("a request is open still", Harm.Stranded, Good with { Payments = [Payment, Again with { State = "CREATED", Authorized = 0, Captured = 0, ReceiptTotal = null }] }),
        ("a rest is reserved still", Harm.Stranded, Good with { Payments = [Payment with { Authorized = 39_500 }] }),
        ("PAID was said before the capture", Harm.Untrue, Good with { Meter = Good.Meter with { Paid = [Paid with { At = At(5) }] } }),
        ("the display said PAID before the capture", Harm.Untrue, Good with { Screens = [Screen(0, ""), Screen(5, "PAID")] }),
        ("the display never said PAID", Harm.Untrue, Good with { Screens = [Screen(0, ""), Screen(4, "Wait ...")] }),
        ("UNPAID was said and then captured", Harm.Untrue, Good with { Meter = Good.Meter with { Unpaid = [new(Trip, 0, 34_500, "expired", "r0", At(4))] } }),
        ("the service was called wrongly", Harm.Other, Good with { Violations = ["conflict: another body under the same key"] }),
        ("a secret stands in the guest's journal", Harm.Other, Good with { Leaks = ["the client secret stands in agent-journal.log"] }),
        ("a request is not of its form", Harm.Other, Good with { Payments = [Payment with { CustomerInteraction = "" }] }),
    ];

    public static TheoryData<string> Names => [.. Wrongs.Select(wrong => wrong.What)];

    [Fact]
    public void A_trip_in_which_all_is_well_has_no_findings() => Assert.Empty(Judge.Money(Good, Fare));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_thing_that_is_wrong_is_found(string what)
    {
        (string _, Harm harm, Evidence evidence) = Wrongs.Single(wrong => wrong.What == what);
        Assert.Contains(Judge.Money(evidence, Fare), found => found.Harm == harm);
    }

    [Fact]
    public void Tokens_that_were_lost_with_the_memory_are_no_fault() =>
        Assert.Empty(Judge.Money(Good with { Violations = ["too-many-tokens: 21 within a token's life"] }, Fare));

    [Fact]
    public void What_is_of_an_earlier_trip_neither_helps_nor_harms()
    {
        var earlier = new TripKey("NO-4711", "1041", "2026-11-20T08:00:00Z");
        Evidence both = Good with
        {
            Payments = [Payment with { Metadata = new Dictionary<string, string> { ["trip"] = earlier.ToString(), ["car"] = "NO-4711-T7" } }],
            Meter = new MeterFacts { Acknowledged = [new(earlier, 34_500, "NOK", null, null, At(1)), new(Trip, 34_500, "NOK", null, null, At(21))], Paid = [Paid with { Key = earlier }] },
            // The first two are of the trip before: of the second, drawn once more when the taxi was hired, no harm comes.
            Screens = [Screen(7, "PAID"), Screen(20, "PAID"), Screen(22, "PAID")],
        };

        Finding[] found = [.. Judge.Money(Judge.Trip(both, Fare, At(20)), Fare)];

        Assert.Contains(found, one => one.Harm == Harm.Untrue && one.What.Contains("before anything was captured", StringComparison.Ordinal));
        Assert.Contains(found, one => one.Harm == Harm.Lost && one.What.Contains("no last word", StringComparison.Ordinal));
        Assert.Single(Judge.Trip(both, Fare, At(20)).Screens);
    }

    [Fact]
    public void A_later_cut_that_harms_an_earlier_trip_is_found_at_the_end()
    {
        Assert.Empty(Judge.Whole(Good));
        Assert.Contains(Judge.Whole(Good with { Payments = [Payment, Again] }), found => found.Harm == Harm.Double);
        Assert.Contains(Judge.Whole(Good with { Payments = [Payment with { Authorized = 39_500 }] }), found => found.Harm == Harm.Stranded);
    }

    [Fact]
    public void What_the_cuts_did_to_the_disk_is_summed_up()
    {
        var tally = new Tally();
        tally.Take([new LifeFacts(1, Start, null, null, null), new LifeFacts(2, Start, new CutFacts(10, 3, 1), 1, 0), new LifeFacts(3, Start, new CutFacts(5, 0, 0), 0, 0)]);
        Assert.Equal("disk writes=15 dropped=3 torn=1 mended=1", tally.Disk);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(4, 0, true)]
    [InlineData(8, 8, true)]
    [InlineData(0, 4, true)]
    public void A_file_system_that_needs_a_person_is_found(int repair, int check, bool isFound) =>
        Assert.Equal(isFound, Judge.Disk(new LifeFacts(2, Start, new CutFacts(10, 1, 0), repair, check)).Any(found => found.Harm == Harm.Disk));

    [Fact]
    public void A_first_boot_has_no_disk_to_judge() => Assert.Empty(Judge.Disk(new LifeFacts(1, Start, null, null, null)));

    [Theory]
    [InlineData("[   31.2] board taximeter-agent[167]: Engine: display: The display /dev/lcd may not be opened: Operation not permitted (1).", true)]
    [InlineData("[   12.0] board systemd[1]: taximeter-agent.service: Failed at step CREDENTIALS spawning /usr/bin/taximeter-agent: Permission denied", true)]
    [InlineData("[   12.0] board kernel: audit: type=1326 audit(1): auid=4 uid=998 comm=\"dotnet\" sig=31 syscall=251", true)]
    [InlineData("[   12.0] board systemd[1]: taximeter-agent.service: Main process exited, code=dumped, status=31/SYS", true)]
    [InlineData("[    4.0] board systemd[1]: systemd 252 running in system mode (+PAM +AUDIT +SELINUX +APPARMOR +SECCOMP)", false)]
    [InlineData("[   31.2] board taximeter-agent[167]: Engine: display: The display /dev/lcd is open.", false)]
    public void A_refusal_in_the_journal_is_found(string line, bool isFound) => Assert.Equal(isFound, Judge.Journal([line]).Any());

    [Fact]
    public void The_last_line_says_what_was_found_by_kind()
    {
        var tally = new Tally { Boots = 12, Cuts = 9 };
        tally.Ready(TimeSpan.FromSeconds(21.04));
        tally.Ready(TimeSpan.FromSeconds(3));
        Assert.True(tally.IsClean);
        Assert.Equal("board boots=12 cuts=9 lost=0 double=0 stranded=0 untrue=0 worst-boot-to-ready=21.0s", tally.ToString());

        tally.Count(new Finding(Harm.Lost, "x"));
        tally.Count(new Finding(Harm.Untrue, "y"));
        Assert.False(tally.IsClean);
        Assert.Equal("board boots=12 cuts=9 lost=1 double=0 stranded=0 untrue=1 worst-boot-to-ready=21.0s", tally.ToString());
    }

    [Fact]
    public void A_boot_lasts_to_its_own_HELLO_over_midnight_too_and_one_that_was_cut_before_has_none()
    {
        var begin = new DateTimeOffset(2026, 11, 20, 23, 59, 30, TimeSpan.Zero);
        LifeFacts[] lives = [.. ((int[])[0, 40, 50]).Select((second, i) => new LifeFacts(i + 1, begin.AddSeconds(second), null, null, null))];
        string[] transcript =
        [
            "23:59:31.000  meter    HELLO|0|proto=1", "23:59:50.500  agent    HELLO|7|proto=1", "23:59:55.000  agent    HELLO|8|proto=1", "00:00:45.000  agent    HELLO|9|proto=1",
        ];

        Assert.Equal([TimeSpan.FromSeconds(20.5), TimeSpan.FromSeconds(25)], Scenarios.BoardScenarios.ReadyTimes(lives, transcript));
    }

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static Screen Screen(int second, string first) => new(At(second), [first.PadRight(16), new string(' ', 16)]);
}
