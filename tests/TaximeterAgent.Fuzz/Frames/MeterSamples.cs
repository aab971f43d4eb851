using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>What a meter says when it says it right.</summary>
internal static class MeterSamples
{
    public const string Meter = "NO-4711";

    private const string Fare = "FARE|17|meter=NO-4711|trip=1042|total=34500|fare=31000|suppl=3500|cur=NOK|vat=1200|start=2026-11-20T10:00:00Z|finish=2026-11-20T10:24:10Z|dist=12400|tariff=2";

    public static readonly IReadOnlyList<string> Payloads =
    [
        "PING|1",
        "PING|65535",
        "HELLO|0|proto=1|meter=NO-4711|model=T7|fw=1.2.3",
        "POS|7|meter=NO-4711|pos=FORHIRE|time=2026-11-20T10:00:00Z",
        "POS|8|meter=NO-4711|pos=HIRED|time=2026-11-20T11:00:00.5+01:00",
        "POS|9|meter=NO-4711|pos=STOPPED|time=2026-11-20t11:00:60z",
        Fare,
        Fare.Replace("total=34500", "total=35500", StringComparison.Ordinal) + "|tip=1000|supplvat=2500|driver=%C3%85se|phone=91234567|booking=b-77",
        Fare.Replace("phone", "telephone", StringComparison.Ordinal) + "|phone=4791234567|x=",
        "FARE|99|meter=NO-4711|trip=1|total=0|fare=0|suppl=0|cur=NOK|vat=0|start=2026-01-01T00:00:00-00:00|finish=2026-01-01T00:00:01Z|dist=0|tariff=",
        "FARE|100|meter=NO-4711|trip=%7C%25|total=999999999|fare=999999999|suppl=0|cur=NOK|vat=10000|start=0001-01-01T00:00:00Z|finish=9999-12-31T23:59:59Z|dist=999999999|tariff=a=b",
        "BOOK|21|booking=b-77|phone=%2B4791234567|cur=NOK|max=50000|pickup=Torggata 2",
        "BOOK|22|booking=b-78|phone=004791234567|cur=NOK",
        "VOID|31|meter=NO-4711|trip=1042|start=2026-11-20T10:00:00Z|reason=cash",
        "VOID|32|booking=b-77",
        "ACK|0|of=CBF43926",
        "NAK|0|of=CBF43926|reason=field:proto",
        "TIME|5|now=12",
        $"POS|9|meter=NO-4711|pos=HIRED|time=2026-11-20T10:00:00Z|more={new string('x', TfpFrame.PayloadMaximum - 62)}",
    ];

    /// <summary>The keys that each message may be refused for.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Keys = new Dictionary<string, string[]>
    {
        ["PING"] = [],
        ["HELLO"] = ["proto", "meter", "model", "fw"],
        ["POS"] = ["meter", "pos", "time"],
        ["FARE"] =
        [
            "meter", "trip", "start", "finish", "total", "fare", "suppl", "cur", "vat", "dist", "tariff", "tip", "supplvat", "driver", "phone", "booking",
        ],
        ["BOOK"] = ["booking", "phone", "cur", "max", "pickup"],
        ["VOID"] = ["meter", "trip", "start", "booking", "reason"],
    };
}
