using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Control.Health;

/// <summary>Each rule of the grades: what makes a part yellow or red, and what is just not enough for it.</summary>
public sealed class HealthRuleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly TrafficReport s_traffic = new()
    {
        Openings = 1, BytesReceived = 9_000, BytesSent = 9_000, BytesDamaged = 0, BytesOutside = 0, Breaks = 0, FramesReceived = 1_000, FramesSent = 1_000, FramesSentAgain = 0,
        FramesNotSent = 0, Dropped = new Dictionary<string, long> { ["wrong-crc"] = 0 }, AnswersIgnored = 0, Echoes = 0,
    };

    private static readonly MeterReport s_meter = new() { Source = "serial", Heard = true, Id = "meter-7", Position = "hired", Line = new DeviceReport("open", "open"), Traffic = s_traffic };

    private static readonly PrinterReport s_printer = new() { Port = new DeviceReport("open", "open"), State = "ready", InLine = false, Waiting = 0, Dropped = 0 };

    private static readonly OutboxReport s_outbox = new() { Writable = true, Operations = 0, OnTheirWay = 0, Waiting = [] };

    private static readonly DiskReport s_disk = new("/var/lib/taximeter-agent", 2_000_000_000, 4_000_000_000, 100_000, 200_000, 12_000_000);

    private static readonly RelayReport s_relay = new() { Connected = true, Since = s_now.AddMinutes(-5) };

    private static readonly WebhookReport s_webhooks = new() { Listening = true, Received = 0, Accepted = 0, Forged = 0, Stale = 0, Malformed = 0, UnknownPayment = 0, Throttled = 0 };

    // The service

    [Fact]
    public void A_service_that_answers_runs() => Are(Level.Green, "runs, for 3 h", ServiceHealth.Of(3 * 3_600 + 59));

    // The meter

    [Fact]
    public void A_meter_that_is_heard_is_well() => Are(Level.Green, "meter-7, hired", MeterHealth.Of(s_meter));

    [Fact]
    public void A_silent_meter_is_red() => Are(Level.Red, "silent", MeterHealth.Of(s_meter with { Heard = false }), "taximeter-agent meter test");

    [Fact]
    public void A_line_that_is_gone_is_red_and_explains_the_silence() =>
        Are(Level.Red, "ttyUSB0 is gone", MeterHealth.Of(s_meter with { Heard = false, Line = new DeviceReport("lost", "ttyUSB0 is gone") }), "check plug and cable");

    [Fact]
    public void Another_meter_is_red_and_named() => Are(Level.Red, "SE-0815", MeterHealth.Of(s_meter with { Other = "SE-0815" }), "Meter:Id");

    [Fact]
    public void An_echo_is_yellow() => Are(Level.Yellow, "sends back", MeterHealth.Of(s_meter with { Traffic = s_traffic with { Echoes = 1 } }), "echo off");

    [Theory]
    [InlineData(30, Level.Yellow)] // 3 in a hundred
    [InlineData(19, Level.Green)]
    public void A_line_on_which_many_frames_are_damaged_is_yellow(long dropped, object level) =>
        Assert.Equal(level, MeterHealth.Of(s_meter with { Traffic = s_traffic with { Dropped = new Dictionary<string, long> { ["wrong-crc"] = dropped } } }).Level);

    [Fact]
    public void A_few_damaged_frames_at_the_start_are_no_share_worth_a_word() =>
        Assert.Equal(Level.Green, MeterHealth.Of(s_meter with { Traffic = s_traffic with { FramesReceived = 20, Dropped = new Dictionary<string, long> { ["no-end"] = 9 } } }).Level);

    [Fact]
    public void A_meter_heard_by_contacts_is_not_asked_for_a_line()
    {
        var meter = s_meter with { Source = "contacts", Line = new DeviceReport("lost", "no chip"), Id = null };
        Are(Level.Green, "by its contacts, hired", MeterHealth.Of(meter));
        Are(Level.Red, "silent", MeterHealth.Of(meter with { Heard = false }), "taximeter-agent gpio watch");
    }

    [Theory]
    [InlineData(0, 0, Level.Green, "by its printer")]
    [InlineData(3, 0, Level.Green, "by its printer, 3 receipts read")]
    [InlineData(3, 2, Level.Green, "3 receipts read")] // torn off twice
    [InlineData(3, 3, Level.Yellow, "its last 3 prints were not understood")]
    public void A_meter_heard_by_its_prints_is_yellow_once_several_in_a_row_are_not_understood(long fares, long doubtful, object level, string why)
    {
        var prints = new PrintsReport { Fares = fares, Asked = doubtful, Repeats = 0, Reports = 0, DoubtfulInARow = doubtful };
        var grade = MeterHealth.Of(s_meter with { Source = "receipt-printer", Heard = false, Id = null, Prints = prints });
        Are((Level)level, why, grade, (Level)level == Level.Yellow ? "taximeter-agent meter learn" : null);
    }

    [Fact]
    public void A_meter_heard_by_its_prints_whose_line_is_gone_is_red() =>
        Are(Level.Red, "ttyUSB0 is gone", MeterHealth.Of(s_meter with { Source = "receipt-printer", Line = new DeviceReport("lost", "ttyUSB0 is gone") }), "check plug and cable");

    // Devices

    [Theory]
    [InlineData("open", Level.Green, null)]
    [InlineData("unknown", Level.Yellow, "taximeter-agent keypad test")]
    [InlineData("lost", Level.Red, "cable")]
    [InlineData("missing", Level.Red, "taximeter-agent config explain Driver:Keypad")]
    [InlineData("busy", Level.Red, "end the program")]
    [InlineData("forbidden", Level.Red, "restart the agent")]
    [InlineData("stalled", Level.Red, "power")]
    [InlineData("unusable", Level.Red, "Driver:Keypad")]
    [InlineData("a-word-of-a-later-version", Level.Red, "Driver:Keypad")]
    public void A_device_is_graded_by_its_state_and_says_its_own_words(string state, object level, string? cure)
    {
        var grade = DeviceHealth.Of(new DeviceReport(state, state == "unknown" ? null : "its own words"), "Driver:Keypad", "keypad test");
        Are((Level)level, state == "unknown" ? "not said anything" : "its own words", grade, cure);
    }

    [Fact]
    public void A_device_that_the_car_does_not_have_is_no_trouble() => Are(Level.Green, "none", DeviceHealth.Of(new DeviceReport("unknown", null, Fitted: false), "Driver:Keypad", "keypad test"));

    // The printer

    [Theory]
    [InlineData("ready", Level.Green, "ready", null)]
    [InlineData("unknown", Level.Green, "does not say", null)]
    [InlineData("no-paper", Level.Yellow, "no paper", "put paper in")]
    [InlineData("cover-open", Level.Yellow, "cover", "close it")]
    [InlineData("off", Level.Yellow, "does not answer", "switch it on")]
    [InlineData("fault", Level.Yellow, "something is wrong", "knife")]
    [InlineData("a-word-of-a-later-version", Level.Yellow, "something is wrong", "knife")]
    public void A_printer_says_what_it_lacks_and_is_never_red(string state, object level, string why, string? cure) => Are((Level)level, why, PrinterHealth.Of(s_printer with { State = state }), cure);

    [Theory]
    [InlineData(0, "no paper")]
    [InlineData(1, "no paper, a slip waits")]
    [InlineData(3, "no paper, 3 slips wait")]
    public void What_waits_for_a_printer_is_counted(int waiting, string why) => Assert.Equal(why, PrinterHealth.Of(s_printer with { State = "no-paper", Waiting = waiting }).Why);

    [Theory]
    [InlineData("lost")]
    [InlineData("missing")]
    [InlineData("forbidden")]
    [InlineData("stalled")]
    public void A_printer_that_cannot_be_reached_is_yellow_and_where_it_is_the_meters_the_bypass_is_named(string state)
    {
        var printer = s_printer with { Port = new DeviceReport(state, "its own words"), State = "off" };
        Are(Level.Yellow, "its own words", PrinterHealth.Of(printer));
        Assert.DoesNotContain("bypass", PrinterHealth.Of(printer).Cure, StringComparison.Ordinal);
        Are(Level.Yellow, "its own words", PrinterHealth.Of(printer with { InLine = true }), "until then the bypass connects meter and printer");
    }

    [Fact]
    public void A_printer_in_the_meters_line_is_well_while_bytes_pass() =>
        Are(Level.Green, "in the meter's line: bytes pass", PrinterHealth.Of(s_printer with { InLine = true, State = "unknown" }));

    // The network

    [Fact]
    public void A_network_over_which_calls_come_through_is_well() => Are(Level.Green, "4 min ago", NetworkHealth.Of(true, Calls(success: 4), s_now));

    [Theory]
    [InlineData(14, Level.Yellow)]
    [InlineData(16, Level.Red)]
    public void Offline_is_yellow_in_a_tunnel_and_red_when_it_stays(int minutes, object level) =>
        Are((Level)level, $"for {minutes} min", NetworkHealth.Of(false, Calls(success: minutes, failure: 0, end: "unreachable"), s_now), "taximeter-agent network test");

    [Fact]
    public void An_agent_that_never_reached_the_service_says_so() => Are(Level.Yellow, "no call has reached", NetworkHealth.Of(false, Calls(failure: 1, end: "unreachable"), s_now), "network test");

    // The token

    [Fact]
    public void A_token_that_lives_is_well() => Are(Level.Green, "valid for 20 h", TokenHealth.Of(new TokenReport { Valid = true, ValidUntil = s_now.AddHours(20) }, s_now));

    [Fact]
    public void No_token_before_the_first_call_is_no_trouble() => Are(Level.Green, "none yet", TokenHealth.Of(new TokenReport { Valid = false }, s_now));

    [Fact]
    public void Keys_that_are_refused_are_red() => Are(
        Level.Red, "(401)", TokenHealth.Of(new TokenReport { Valid = false, LastFailure = new TokenFailureReport(s_now, "token-refused", "token: HTTP 401", "401", null) }, s_now), "taximeter-agent config show");

    [Fact]
    public void A_token_that_could_not_be_fetched_is_yellow() => Are(
        Level.Yellow, "HTTP 503", TokenHealth.Of(new TokenReport { Valid = false, LastFailure = new TokenFailureReport(s_now, "token-unavailable", "token: HTTP 503", "503", null) }, s_now), "network test");

    [Theory]
    [InlineData(2, Level.Yellow)]
    [InlineData(30, Level.Green)] // then a later fetch has brought the token at hand
    public void A_renewal_that_is_refused_is_yellow_while_the_old_token_lives(int minutesAgo, object level) => Assert.Equal(
        level,
        TokenHealth.Of(
            new TokenReport { Valid = true, ValidUntil = s_now.AddMinutes(3), LastFailure = new TokenFailureReport(s_now.AddMinutes(-minutesAgo), "token-refused", "token: HTTP 401", "401", null) }, s_now).Level);

    [Theory]
    [InlineData("EPayment:ClientSecret", "EPayment:ClientId")]
    [InlineData("EPayment:SubscriptionKey", "Webhooks:Secret")]
    public void Keys_that_are_missing_are_red_and_named(params string[] missing)
    {
        var grade = KeysHealth.Of(missing)!;
        Are(Level.Red, "the keys are missing", grade, "taximeter-agent setup");
        Assert.All(missing, key => Assert.Equal(key.StartsWith("EPayment:", StringComparison.Ordinal), grade.Why.Contains(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void Where_no_key_is_missing_their_use_tells()
    {
        Assert.Null(KeysHealth.Of(null));
        Assert.Null(KeysHealth.Of(["Webhooks:Secret"]));
    }

    // The payment service

    [Fact]
    public void A_service_whose_last_call_succeeded_is_well() => Are(Level.Green, "last call 4 min ago: query", EPaymentHealth.Of(Calls(success: 4, failure: 9, end: "no-answer"), s_now));

    [Theory]
    [InlineData("keys-refused", Level.Red, "EPayment:MerchantSerialNumber")]
    [InlineData("no-answer", Level.Yellow, "support")]
    [InlineData("no-token", Level.Yellow, "token")]
    [InlineData("unreachable", Level.Yellow, "network")]
    [InlineData("refused", Level.Green, null)]
    public void A_call_that_failed_after_the_last_success_counts_by_how_it_failed(string end, object level, string? cure) =>
        Are((Level)level, "capture", EPaymentHealth.Of(Calls(success: 9, failure: 4, end: end), s_now), cure);

    [Theory]
    [InlineData("create", "403/5080", Level.Red)]
    [InlineData("create", "400/5060", Level.Red)]
    [InlineData("create", "400/7010", Level.Green)]
    [InlineData("capture", "403/5080", Level.Green)]
    public void A_request_that_the_sales_unit_is_not_set_up_for_is_red(string what, string code, object level)
    {
        var refused = new EPaymentReport { LastFailure = new ServiceCallReport(s_now.AddMinutes(-1), what, "refused", code, null, 100) };
        Are((Level)level, code, EPaymentHealth.Of(refused, s_now), (Level)level == Level.Red ? "taximeter-agent doctor" : null);
    }

    [Fact]
    public void A_failure_has_its_code_and_trace_id() => Are(Level.Yellow, "(500/3010), trace 00-abc", EPaymentHealth.Of(Calls(failure: 4, end: "no-answer"), s_now), "support");

    [Fact]
    public void A_service_that_was_never_called_is_no_trouble() => Are(Level.Green, "no call", EPaymentHealth.Of(new EPaymentReport(), s_now));

    // The outbox

    [Fact]
    public void An_empty_outbox_is_well() => Are(Level.Green, "nothing to send", OutboxHealth.Of(s_outbox, s_now));

    [Fact]
    public void An_outbox_without_room_is_red() => Are(Level.Red, "no room", OutboxHealth.Of(s_outbox with { Writable = false }, s_now), "make room");

    [Fact]
    public void An_outbox_that_cannot_be_read_is_red() => Are(Level.Red, "malformed", OutboxHealth.Of(s_outbox with { Unreadable = "malformed" }, s_now), "taximeter-agent outbox quarantine");

    [Fact]
    public void What_is_due_is_told_with_the_oldest_and_what_it_waits_for() =>
        Are(Level.Green, "3 to send, 1 on the way; oldest 4 min: waits for query", OutboxHealth.Of(Waiting("query", 4) with { Operations = 3, OnTheirWay = 1 }, s_now));

    [Theory]
    [InlineData("capture", 59, Level.Green)]
    [InlineData("capture", 61, Level.Yellow)]
    [InlineData("meter", 61, Level.Yellow)]
    [InlineData("capture", 25 * 60, Level.Red)]
    [InlineData("driver", 25 * 60, Level.Green)]
    [InlineData("fare", 25 * 60, Level.Green)]
    public void A_call_that_waits_long_is_yellow_and_then_red_but_a_person_may_take_all_day(string what, int minutes, object level) =>
        Assert.Equal(level, OutboxHealth.Of(Waiting(what, minutes), s_now).Level);

    [Fact]
    public void The_cure_of_a_late_call_names_its_trip() => Are(Level.Yellow, "2 h old: waits for capture", OutboxHealth.Of(Waiting("capture", 125), s_now), "taximeter-agent trip 4711");

    // Without the agent

    [Fact]
    public void What_a_copy_says_is_graded_as_ever_and_said_to_be_of_one()
    {
        Are(Level.Yellow, "from a copy: 1 to send; 2 h old: waits for capture", CopyHealth.Of(Waiting("capture", 125), s_now), "taximeter-agent trip 4711");
        Are(Level.Green, "from a copy: 2 open, 1 unpaid", CopyHealth.Of(new TripCountsReport { Open = 2, Unpaid = 1, Failed = 0, Held = 0 }));
    }

    [Theory]
    [InlineData(OutboxTrouble.Missing, Level.Unknown, "none yet", null)]
    [InlineData(OutboxTrouble.Forbidden, Level.Unknown, "may not read", "as taxi")]
    [InlineData(OutboxTrouble.Moving, Level.Unknown, "busily", "again")]
    [InlineData(OutboxTrouble.Damaged, Level.Red, "/outbox.db is damaged", "taximeter-agent outbox quarantine")]
    [InlineData(OutboxTrouble.Foreign, Level.Red, "/outbox.db is no outbox", "taximeter-agent outbox quarantine")]
    [InlineData(OutboxTrouble.Newer, Level.Red, "a newer agent", "install")]
    [InlineData(OutboxTrouble.System, Level.Unknown, "no room", null)]
    public void A_database_that_cannot_be_copied_is_red_if_no_agent_can_use_it_either(object trouble, object level, string why, string? cure) =>
        Are((Level)level, why, CopyHealth.Of(new OutboxUnusableException("/outbox.db", "no room") { Trouble = (OutboxTrouble)trouble }, "taxi"), cure);

    // Trips

    [Fact]
    public void Trips_that_need_a_person_are_yellow()
    {
        var trips = new TripCountsReport { Open = 2, Unpaid = 1, Failed = 0, Held = 0 };
        Are(Level.Green, "2 open, 1 unpaid", TripsHealth.Of(trips));
        Are(Level.Yellow, "1 need a technician", TripsHealth.Of(trips with { Failed = 1 }), "taximeter-agent trips --failed");
        Are(Level.Unknown, "cannot be read", TripsHealth.Of(null));
    }

    // The clock

    [Theory]
    [InlineData(1970, Level.Red)]
    [InlineData(2024, Level.Red)]
    [InlineData(2026, Level.Green)]
    [InlineData(2100, Level.Red)]
    public void A_year_that_cannot_be_is_red(int year, object level) => Assert.Equal(level, ClockHealth.Of(Clock(0, null, year)).Level);

    [Theory]
    [InlineData(29L, Level.Green, "agrees")]
    [InlineData(-31L, Level.Yellow, "behind")]
    [InlineData(299L, Level.Yellow, "ahead of")]
    [InlineData(-301L, Level.Red, "5 min behind")]
    public void The_clock_is_held_against_the_services(long skew, object level, string why) => Are((Level)level, why, ClockHealth.Of(Clock(0, skew)), (Level)level == Level.Green ? null : "timedatectl");

    [Theory]
    [InlineData(20L, null, Level.Green)]
    [InlineData(7200L, null, Level.Yellow)] // who knows whether it is right now
    [InlineData(7200L, 1L, Level.Green)] // it was put right
    public void A_clock_that_jumped_is_yellow_until_the_service_agrees(long corrected, long? skew, object level) => Assert.Equal(level, ClockHealth.Of(Clock(corrected, skew)).Level);

    // The disk

    [Fact]
    public void A_disk_with_room_is_well() => Are(Level.Green, "2.0 GB free, the outbox has 12 MB", DiskHealth.Of(s_disk));

    [Theory]
    [InlineData(DiskHealth.LeastBytes - 1, Level.Red)]
    [InlineData(DiskHealth.LeastBytes, Level.Yellow)]
    [InlineData(DiskHealth.EnoughBytes + 11_999_999, Level.Yellow)] // no copy of the outbox would fit beside it
    [InlineData(DiskHealth.EnoughBytes + 12_000_000, Level.Green)]
    public void A_disk_without_room_is_yellow_and_then_red(long free, object level) => Assert.Equal(level, DiskHealth.Of(s_disk with { FreeBytes = free }).Level);

    [Theory]
    [InlineData(DiskHealth.LeastInodes - 1, Level.Red)]
    [InlineData(DiskHealth.EnoughInodes - 1, Level.Yellow)]
    [InlineData(null, Level.Green)] // a file system that does not count them
    public void A_disk_without_names_left_is_as_bad_as_a_full_one(long? inodes, object level) => Assert.Equal(level, DiskHealth.Of(s_disk with { FreeInodes = inodes }).Level);

    [Fact]
    public void A_disk_that_takes_nothing_is_red_however_much_is_free() => Are(Level.Red, "read-only: nothing can be stored", DiskHealth.Of(s_disk with { ReadOnly = true }), "journalctl -k");

    [Fact]
    public void A_full_disk_says_for_how_many_trips_there_is_a_reserve() =>
        Are(Level.Red, "0 kB free, and a reserve for some 409 trips", DiskHealth.Of(s_disk with { FreeBytes = 0, ReserveBytes = 8 << 20 }), "make room");

    // The lines of the board

    [Fact]
    public void An_ignition_that_is_off_or_cannot_be_read_is_yellow()
    {
        Are(Level.Green, "on", IgnitionHealth.Of(new IgnitionReport(true, "open", "line 4 is open")));
        Are(Level.Yellow, "off", IgnitionHealth.Of(new IgnitionReport(false, "open", "line 4 is open")), "turn it on");
        Are(Level.Yellow, "no such chip", IgnitionHealth.Of(new IgnitionReport(true, "missing", "no such chip")), "Ignition:Line");
    }

    // The relay

    [Fact]
    public void A_relay_that_is_there_says_since_when() => Are(Level.Green, "connected for 5 min, 3 hints and 1 orders", RelayHealth.Of(s_relay with { Hints = 3, Orders = 1 }, s_now));

    [Theory]
    [InlineData("unreachable", "Relay:Uri")]
    [InlineData("lost", "Relay:Uri")]
    [InlineData("certificate", "Relay:CaFile")]
    [InlineData("no-authority", "Relay:CaFile")]
    [InlineData("refused", "Relay:Password")]
    [InlineData("no-password", "Relay:Password")]
    [InlineData("not-added", "broker.sh add-car")]
    public void A_relay_that_is_away_is_yellow_and_never_red(string cause, string cure) =>
        Are(Level.Yellow, "everything works by polling: it is so", RelayHealth.Of(s_relay with { Connected = false, Why = "it is so", Cause = cause }, s_now), cure);

    [Fact]
    public void A_relay_that_was_not_reached_yet_is_yellow() => Are(Level.Yellow, "not connected yet", RelayHealth.Of(s_relay with { Connected = false }, s_now));

    // Webhooks

    [Fact]
    public void Webhooks_that_do_not_come_or_are_not_right_are_yellow()
    {
        Are(Level.Green, "none has come", WebhookHealth.Of(s_webhooks, s_now));
        Are(Level.Green, "2 of 3 accepted, last 5 min", WebhookHealth.Of(s_webhooks with { Received = 3, Accepted = 2, Forged = 1, LastAccepted = s_now.AddMinutes(-5) }, s_now));
        Are(Level.Yellow, "not listening", WebhookHealth.Of(s_webhooks with { Listening = false }, s_now), "Webhooks:Listen");
        Are(Level.Yellow, "wrong signature", WebhookHealth.Of(s_webhooks with { Received = 3, Forged = 3 }, s_now), "Webhooks:Secret");
        Are(Level.Yellow, "stale", WebhookHealth.Of(s_webhooks with { Received = 3, Stale = 3 }, s_now), "clock");
    }

    // The version

    [Fact]
    public void A_program_that_was_replaced_and_not_restarted_is_yellow()
    {
        Are(Level.Green, "0.1.0, tables 1, .NET 10.0.1", VersionHealth.Of("0.1.0", 1, ".NET 10.0.1", "0.1.0"));
        Are(Level.Green, "0.1.0", VersionHealth.Of("0.1.0", null, null, null));
        Are(Level.Yellow, "installed is 0.2.0", VersionHealth.Of("0.1.0", 1, ".NET 10.0.1", "0.2.0"), "systemctl restart");
    }

    private static void Are(Level level, string why, Grade grade, string? cure = null)
    {
        Assert.Equal(level, grade.Level);
        Assert.Contains(why, grade.Why, StringComparison.Ordinal);
        if (cure is not null)
            Assert.Contains(cure, grade.Cure, StringComparison.Ordinal);
        else if (level == Level.Green)
            Assert.Null(grade.Cure);
    }

    private static EPaymentReport Calls(int? success = null, int? failure = null, string? end = null) => new()
    {
        LastSuccess = success is { } well ? new ServiceCallReport(s_now.AddMinutes(-well), "query", null, null, null, 120) : null,
        LastFailure = failure is { } bad ? new ServiceCallReport(s_now.AddMinutes(-bad), "capture", end, "500/3010", "00-abc", 130) : null,
    };

    private static OutboxReport Waiting(string what, int minutes) => s_outbox with
    {
        Operations = 1,
        Waiting = [new WaitingReport("meter-7/4711/2026-11-03T11:31:00+01:00", new NextReport(what, 1.4, $"{what}, in 1.4 s"), s_now.AddMinutes(-minutes))],
    };

    private static ClockReport Clock(long corrected, long? skew, int year = 2026) =>
        new() { Now = new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero), UptimeSeconds = 60, CorrectedBySeconds = corrected, SkewSeconds = skew };
}
