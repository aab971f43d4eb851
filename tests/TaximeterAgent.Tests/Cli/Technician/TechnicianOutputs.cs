using System.Text.RegularExpressions;
using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Cli.Doctor;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Diagnostics.Examination;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Technician;

/// <summary>
/// What docs/technician.md shows: the rows of the status by the rules that grade a car, and whole commands against a real engine, a real file or a port where
/// nobody listens. What differs from run to run (times, folders, who calls) is made the same.
/// </summary>
internal static partial class TechnicianOutputs
{
    private const int Columns = 80;

    private static readonly DateTimeOffset s_now = Examples.Noon;

    private static readonly DeviceReport s_open = new("open", "open");

    private static readonly MeterReport s_meter = new()
    {
        Source = "serial", Heard = true, Id = "NO-4711", Position = "for-hire", Line = s_open,
        Traffic = new TrafficReport
        {
            Openings = 1, BytesReceived = 9_000, BytesSent = 9_000, BytesDamaged = 0, BytesOutside = 0, Breaks = 0, FramesReceived = 1_000, FramesSent = 1_000, FramesSentAgain = 0,
            FramesNotSent = 0, Dropped = new Dictionary<string, long>(), AnswersIgnored = 0, Echoes = 0,
        },
    };

    private static readonly DiskReport s_disk = new("/var/lib/taximeter-agent", 2_000_000_000, 4_000_000_000, 100_000, 200_000, 12_000_000);

    private static readonly OutboxReport s_outbox = new() { Writable = true, Operations = 0, OnTheirWay = 0, Waiting = [] };

    /// <summary>All outputs by name.</summary>
    public static IReadOnlyDictionary<string, Func<Task<string>>> All { get; } = new Dictionary<string, Func<Task<string>>>
    {
        ["doctor"] = DoctorAsync,
        ["healthy"] = () => Status(
            ServiceHealth.Of(3 * 3_600).As("service"), MeterHealth.Of(s_meter).As("meter"), DeviceHealth.Of(Of("open", "The keypad is open."), "Driver:Keypad", "keypad test").As("keypad"),
            DeviceHealth.Of(Of("open", "The display is open."), "Driver:Display", "display test").As("display"), NetworkHealth.Of(true, Calls(success: 2), s_now).As("network"),
            TokenHealth.Of(new TokenReport { Valid = true, ValidUntil = s_now.AddHours(1) }, s_now).As("token"), EPaymentHealth.Of(Calls(success: 2), s_now).As("epayment"),
            OutboxHealth.Of(s_outbox, s_now).As("outbox"), TripsHealth.Of(new TripCountsReport { Open = 0, Unpaid = 0, Failed = 0, Held = 0 }).As("trips"), Clock(2).As("clock"),
            DiskHealth.Of(s_disk).As("disk"), VersionHealth.Of("0.1.0", 4, ".NET 10.0.0", "0.1.0").As("version")),
        ["waiting"] = () => WaitingAsync("trip 2", Examples.Open(2) with { Attempts = [Examples.Attempt(2) with { Existence = Existence.Exists, State = PaymentState.Created, CreateId = null }] }),
        ["offline"] = () => Status(NetworkHealth.Of(false, Calls(success: 40, failure: 1, "unreachable"), s_now).As("network"), EPaymentHealth.Of(Calls(success: 40, failure: 1, "unreachable"), s_now).As("epayment")),
        ["network"] = NetworkAsync,
        ["keys"] = () => Status(TokenHealth.Of(new TokenReport { Valid = false, LastFailure = new TokenFailureReport(s_now, "token-refused", "refused", "401", null) }, s_now).As("token")),
        ["relay"] = () => Status(RelayHealth.Of(
            new RelayReport { Connected = false, Since = s_now.AddMinutes(-20), Why = "it refuses the car's user or password", Cause = "refused" }, s_now).As("relay")),
        ["paid"] = () => CommandAsync("trip 1", (Examples.Closed(1), [Examples.Line(1)])),
        ["keypad"] = () => Status(DeviceHealth.Of(Of("missing", "The keypad is not there: no device in /dev/input has this name."), "Driver:KeypadDevice", "keypad test").As("keypad")),
        ["display"] = () => Status(DeviceHealth.Of(Of("missing", "The display does not answer: not connected, without power, or set to another address."), "Driver:Display", "display test").As("display")),
        ["printer"] = () => Status(PrinterHealth.Of(new PrinterReport { Port = s_open, State = "no-paper", InLine = false, Waiting = 2, Dropped = 0 }).As("printer")),
        ["meter"] = () => Status(MeterHealth.Of(s_meter with { Heard = false }).As("meter")),
        ["stopped"] = () => Status(UnitHealth.Of(new UnitFacts("loaded", "failed", "failed", "exit-code", 78, 0), "/run/taximeter-agent/control.sock").As("service")),
        ["config"] = ConfigAsync,
        ["reserved"] = () => WaitingAsync("trip 3", Examples.Open(3) with
        {
            Settled = SettledBy.Cash,
            Attempts = [Examples.Attempt(3) with { Existence = Existence.Exists, State = PaymentState.Authorized, Authorized = 34_500, CreateId = null }],
        }),
        ["clock"] = () => Status(Clock(-3 * 24 * 3_600).As("clock")),
        ["disk"] = () => Status(OutboxHealth.Of(s_outbox with { Writable = false }, s_now).As("outbox"), DiskHealth.Of(s_disk with { FreeBytes = 3_000_000 }).As("disk")),
        ["quarantine"] = QuarantineAsync,
        ["twice"] = () => CommandAsync("trips --since 2026-11-01", (Examples.Closed(1), []), (Examples.Closed(2), [])),
    };

    private static DeviceReport Of(string state, string message) => new(state, message);

    private static Grade Clock(long skew) => ClockHealth.Of(new ClockReport { Now = s_now, UptimeSeconds = 3_600, CorrectedBySeconds = 0, SkewSeconds = skew });

    private static EPaymentReport Calls(int? success = null, int? failure = null, string? end = null) => new()
    {
        LastSuccess = success is { } ago ? new ServiceCallReport(s_now.AddMinutes(-ago), "query", null, "200", null, 120) : null,
        LastFailure = failure is { } since ? new ServiceCallReport(s_now.AddMinutes(-since), "create", end, null, null, null) : null,
    };

    private static Task<string> Status(params PartReport[] parts) =>
        Task.FromResult("$ taximeter-agent status\n" + string.Concat(StatusScreen.Lines("", parts, Columns).Skip(1).Select(line => line.ToString().TrimEnd() + "\n")));

    // Until its first call has found no network: then it stands. Its history grows with each, and is left out.
    private static async Task<string> WaitingAsync(string command, TripState state)
    {
        await using var rig = new EngineRig((state, []));
        rig.Service.Reachable = false;
        (await rig.StartAsync()).Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var (_, output, _) = await Invocation.RunAsync([.. command.Split(' '), "--socket", rig.Socket]);
            if (output.Contains("when the network is back", StringComparison.Ordinal))
                return Shown(command, output[..output.IndexOf("time\t", StringComparison.Ordinal)]);
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<string> CommandAsync(string command, params (TripState State, Core.Ports.HistoryLine[] History)[] trips)
    {
        await using var rig = new EngineRig(trips);
        rig.Service.Reachable = false;
        (await rig.StartAsync()).Dispose();
        var (_, output, _) = await Invocation.RunAsync([.. command.Split(' '), "--socket", rig.Socket]);
        return Shown(command, output);
    }

    // A car whose meter was unplugged and whose service is a port where nobody listens, while somebody has stopped the agent.
    private static async Task<string> DoctorAsync()
    {
        using var files = new TestFiles();
        using var patient = new TestPatient();
        Directory.CreateDirectory(files.Path("outbox"));
        patient.Configuration.With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"").With("Outbox:Directory", $"\"{files.Path("outbox")}\"").With("Meter:Serial:Port", "\"/dev/ttyUSB9\"")
            .With("Driver:Keypad", "\"none\"").With("Driver:KeypadDevice", null).With("Driver:Display", "\"none\"").With("Driver:DisplayDevice", null);
        using var admitted = patient.With(new UnitFacts("loaded", "inactive", "dead", "success", 0, 0));
        var found = await TaximeterAgent.Diagnostics.Examination.Doctor.Whole().ExamineAsync(admitted, _ => Task.CompletedTask, CancellationToken.None);
        var shown = string.Concat(DoctorScreen.Lines(found, Columns).Select(line => line + "\n"));
        return "$ taximeter-agent doctor\n" + shown;
    }

    private static async Task<string> NetworkAsync()
    {
        using var configuration = new TestConfiguration().With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"");
        var (_, output, _) = await Invocation.RunAsync(["network", "test", "--config", configuration.File]);
        return Shown("network test", Milliseconds().Replace(output, "1 ms"));
    }

    private static async Task<string> ConfigAsync()
    {
        using var configuration = new TestConfiguration().With("Car:Id", null).With("Policy:ReserveAhed", "true");
        var (_, output, error) = await Invocation.RunAsync(["config", "check", "--config", configuration.File]);
        return Shown("config check", (output + error).Replace(configuration.File, "/etc/taximeter-agent/config.json", StringComparison.Ordinal));
    }

    private static async Task<string> QuarantineAsync()
    {
        using var files = new TestFiles();
        Damage.Make(files.Path("outbox"));
        using var configuration = new TestConfiguration().With("Outbox:Directory", $"\"{files.Path("outbox")}\"");
        var (_, output, error) = await Invocation.RunAsync(["outbox", "quarantine", "--yes", "--config", configuration.File]);
        var shown = (output + error).Replace(files.Path("outbox"), "/var/lib/taximeter-agent", StringComparison.Ordinal);
        return Shown("outbox quarantine", Found().Replace(By().Replace(Stamp().Replace(shown, "20261103T120000Z"), "by\tanna (by sudo)"), "(what SQLite found)"));
    }

    // A pipe's tabs, as a terminal of eighty columns would have them: names in a column, the rest broken at blanks.
    private static string Shown(string command, string output)
    {
        var lines = Time().Replace(output, "2026-11-03 12:00:00Z").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return $"$ taximeter-agent {command}\n" + string.Concat(lines.SelectMany(line => Broken(Left().Replace(line, "in 5 s"))));
    }

    private static IEnumerable<string> Broken(string line)
    {
        var cells = line.Split('\t');
        var first = cells.Length == 2 ? cells[0].PadRight(14) : "";
        var rest = cells.Length == 2 ? cells[1] : string.Join("  ", cells);
        foreach (var part in StatusScreen.Wrap(rest, Columns - Math.Max(first.Length, 2)))
        {
            yield return (first + part).TrimEnd() + "\n";
            first = cells.Length == 2 ? new string(' ', 14) : "  ";
        }
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\d{8}T\d{6}Z(-\d+)?")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\d+ ms")]
    private static partial Regex Milliseconds();

    [GeneratedRegex(@"in \d+(\.\d+)? s\b")]
    private static partial Regex Left();

    // SQLite's words are those of its version.
    [GeneratedRegex(@"\(\*\*\* .*\)")]
    private static partial Regex Found();

    [GeneratedRegex(@"(?m)^by\t.*$")]
    private static partial Regex By();
}
