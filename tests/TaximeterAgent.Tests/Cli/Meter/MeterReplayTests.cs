using System.Text;
using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Meter;
using TaximeterAgent.Cli.Meter.Replay;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Tests.Meter.Tfp;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Meter;

/// <summary>What a meter has said, said again to the real reader; the file on disk is all there is.</summary>
public sealed class MeterReplayTests : IDisposable
{
    private const string Hello = "HELLO|1|proto=1|meter=NO-4711|model=SIM-1|fw=1.0";
    private const string Book = "BOOK|5|booking=B-17|phone=+4791234567|cur=NOK|max=50000";
    private static readonly DateTimeOffset s_noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_dump_of_bytes_gives_frames_with_what_they_mean_and_what_is_answered()
    {
        var lines = await ReplayAsync([.. TfpBench.Frame(Hello), .. TfpBench.Frame(TfpBench.Fare345), .. TfpBench.Frame("PING|9"), .. TfpBench.Frame("HONK|10")]);

        Assert.Equal(["ACK", "ACK", "ACK", "NAK"], lines.SkipLast(1).Select(line => line.Answer));
        Assert.Equal("trip 1042 is over, 345.00 NOK is due", lines[1].Meaning);
        Assert.Equal(("?", "type"), (lines[3].Name, lines[3].Reason));
        Assert.Equal([1, 2, 3, 4], lines.SkipLast(1).Select(line => (int)line.Number!));
        var summary = lines[^1].Summary!;
        Assert.Equal(("raw", 4, 3, 1, 0, 0), (summary.Format, summary.Frames, summary.Acknowledged, summary.Refused, summary.Dropped, summary.BytesOutside));
        Assert.Equal(summary.Bytes, lines[3].Offset + 1);
    }

    [Fact]
    public async Task A_repeat_is_known_and_a_conflict_is_refused_and_names_the_first()
    {
        var lines = await ReplayAsync(
            [.. TfpBench.Frame(TfpBench.Fare345), .. TfpBench.Frame(TfpBench.Fare345.Replace("FARE|17|", "FARE|18|", StringComparison.Ordinal)),
                .. TfpBench.Frame(TfpBench.Fare345.Replace("total=34500|fare=31000", "total=34600|fare=31100", StringComparison.Ordinal))]);

        Assert.Equal(("ACK", 1L), (lines[1].Answer, lines[1].RepeatOf!.Value));
        Assert.Equal(("NAK", "conflict", 1L), (lines[2].Answer, lines[2].Reason, lines[2].ConflictsWith!.Value));
        Assert.Equal((1, 1), (lines[^1].Summary!.Repeats, lines[^1].Summary!.Conflicts));
    }

    [Fact]
    public async Task A_void_of_a_booking_whose_fare_has_come_is_refused()
    {
        var fare = TfpBench.Fare345 + "|booking=B-17";
        var lines = await ReplayAsync([.. TfpBench.Frame(Book), .. TfpBench.Frame("VOID|6|booking=B-17"), .. TfpBench.Frame(fare), .. TfpBench.Frame("VOID|7|booking=B-17")]);

        Assert.Equal(["ACK", "ACK", "ACK", "NAK"], lines.SkipLast(1).Select(line => line.Answer));
        Assert.Equal("booking", lines[3].Reason);
    }

    [Fact]
    public async Task What_is_dropped_is_told_with_its_place_and_why()
    {
        var damaged = TfpBench.Frame("PING|1");
        damaged[3] ^= 1;
        byte[] cut = TfpBench.Frame("PING|2")[..5];
        var lines = await ReplayAsync([0x55, 0x55, 0x55, .. damaged, .. cut, .. TfpBench.Frame("PING|3"), .. TfpBench.Frame("PING"), 0x02, 0x41]);

        Assert.Equal(["wrong-crc", "interrupted", "no-sequence", "interrupted"], lines.Where(line => line.What == "dropped").Select(line => line.Reason));
        Assert.Equal("PING|3", Assert.Single(lines, line => line.What == "frame").Text);
        Assert.Equal(4, lines[^1].Summary!.Dropped);
        Assert.True(lines[^1].Summary!.BytesOutside >= 3);
        Assert.Equal(lines[^1].Summary!.BytesOutside, lines.Where(line => line.What == "outside").Sum(line => line.Count));
    }

    [Fact]
    public async Task Another_meter_is_refused_where_one_is_named()
    {
        Assert.Equal("ACK", (await ReplayAsync(TfpBench.Frame(Hello)))[0].Answer);
        var refused = (await ReplayAsync(TfpBench.Frame(Hello), meter: "NO-9999"))[0];
        Assert.Equal(("NAK", "field:meter"), (refused.Answer, refused.Reason));
    }

    [Fact]
    public async Task A_number_is_masked_in_all_that_is_told()
    {
        var lines = await ReplayAsync(TfpBench.Frame(Book));
        Assert.Equal("ACK", lines[0].Answer);
        Assert.DoesNotContain("91234567", JsonSerializer.Serialize(lines[0], CliAnswer.Context.ReplayLine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_a_watcher_give_gaps_losses_and_the_agent_s_words_of_then()
    {
        var lines = await ReplayAsync(Watched(
            Frame(s_noon, "meter", "PING", "PING|1"),
            Frame(s_noon.AddMilliseconds(5), "agent", "ACK", TfpBench.Ack("PING|1")),
            new WatchReport(s_noon, "device") { Name = "meter line", Value = "open" },
            new WatchReport(s_noon.AddSeconds(1), "dropped") { Count = 7 },
            Frame(s_noon.AddSeconds(61), "meter", "PING", "PING|2")));

        Assert.Equal(["frame", "frame", "lost", "gap", "frame", "summary"], lines.Select(line => line.What));
        Assert.Equal(("agent", "ACK"), (lines[1].From, lines[1].Name));
        Assert.Equal((7L, 61.0), (lines[2].Count!.Value, lines[3].Seconds!.Value));
        Assert.Equal(("frames", 1), (lines[^1].Summary!.Format, lines[^1].Summary!.Gaps));
    }

    [Fact]
    public async Task A_frame_that_was_masked_is_judged_as_the_one_that_came()
    {
        var masked = new[]
        {
            Book,
            "BOOK|6|booking=B-18|phone=12|cur=NOK",
            "BOOK|7|booking=B-19|phone=+46701234567|cur=NOK|pickup=Kungsgatan%204",
            TfpBench.Fare345 + "|driver=0123456789|x-maker=secret",
            "HONK|8",
        };
        var real = await ReplayAsync([.. masked.SelectMany(TfpBench.Frame)]);
        var again = await ReplayAsync(Watched([.. real.Where(line => line.What == "frame").Select(line => Frame(s_noon, "meter", line.Name!, line.Text!))]));

        Assert.Equal(["ACK", "NAK", "ACK", "ACK", "NAK"], real.SkipLast(1).Select(line => line.Answer));
        Assert.Equal(real.SkipLast(1).Select(line => (line.Answer, line.Reason)), again.SkipLast(1).Select(line => (line.Answer, line.Reason)));
    }

    [Theory]
    [InlineData("{\"nonsense\":1}\n", "line 1: not a line of meter watch")]
    [InlineData("{\"at\":\"2026-11-20T12:00:00Z\",\"what\":\"watching\"}\n{broken\n", "line 2: not JSON")]
    [InlineData("{\"at\":\"2026-11-20T12:00:00Z\",\"what\":\"bytes\",\"from\":\"meter\",\"text\":\"0\"}\n", "line 1: bytes that are not hexadecimal")]
    [InlineData("{\"at\":\"2026-11-20T12:00:00Z\",\"what\":\"frame\",\"from\":\"meter\",\"text\":\"Ω\"}\n", "line 1: a frame whose text is no payload")]
    [InlineData("", "is empty")]
    public async Task A_file_that_is_no_capture_is_refused_with_the_line(string text, string why)
    {
        var fault = await Assert.ThrowsAsync<CommandFailedException>(() => ReplayAsync(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(ExitCode.NotPossible, fault.ExitCode);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_not_kept() => Assert.Contains(
        "longer than", (await Assert.ThrowsAsync<CommandFailedException>(() => ReplayAsync(Encoding.UTF8.GetBytes("{" + new string('x', 200_000))))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_beyond_the_bound_is_not_looked_at_and_that_is_said()
    {
        var lines = await ReplayAsync([.. TfpBench.Frame("PING|1"), .. TfpBench.Frame("PING|2"), .. TfpBench.Frame("PING|3")], longest: TfpBench.Frame("PING|1").Length * 2);
        Assert.Equal((2, true), (lines[^1].Summary!.Frames, lines[^1].Summary!.Cut));
        Assert.False((await ReplayAsync(TfpBench.Frame("PING|1")))[^1].Summary!.Cut);
    }

    [Fact]
    public async Task A_capture_that_is_made_on_the_line_is_replayed_as_it_was()
    {
        using var terminal = new TestTerminal();
        terminal.MakeRaw();
        var capture = _files.Path("line.jsonl");
        using var agent = AgentProcess.Start(["meter", "watch", "--raw", capture, "--port", terminal.Path, "--socket", _files.Path("none.sock")]);
        await HeardAsync(terminal, "HELLO");
        TestFiles.TryWrite(terminal.Master, [0x55, .. TfpBench.Frame(Book), .. TfpBench.Frame("PING|7")]);
        await HeardAsync(terminal, "ACK|7");
        agent.Terminate();
        Assert.Equal(ExitCode.Interrupted, (await agent.EndAsync()).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(capture));

        var (exitCode, output, _) = await AgentProcess.RunAsync(["meter", "replay", capture, "--json", "--config", _files.Path("none.json")]);

        Assert.Equal(ExitCode.Ok, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, CliJson.Default.ReplayLine)!).ToList();
        Assert.Equal(["outside", "frame", "frame", "summary"], lines.Select(line => line.What));
        Assert.Equal(("BOOK", "ACK"), (lines[1].Name, lines[1].Answer));
        Assert.NotNull(lines[1].At);
        Assert.Equal("bytes", lines[^1].Summary!.Format);
        Assert.DoesNotContain("91234567", output, StringComparison.Ordinal);

        var again = await AgentProcess.RunAsync(["meter", "watch", "--raw", capture, "--port", terminal.Path, "--socket", _files.Path("none.sock")]);
        Assert.Equal(ExitCode.NotPossible, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_needs_no_configuration_and_says_what_is_wrong_with_a_file()
    {
        File.WriteAllBytes(_files.Path("line.raw"), [.. TfpBench.Frame(Hello), .. TfpBench.Frame(TfpBench.Fare345)]);
        var (exitCode, output, error) = await AgentProcess.RunAsync(["meter", "replay", _files.Path("line.raw"), "--meter", "NO-4711", "--config", _files.Path("none.json")]);
        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("(trip 1042 is over, 345.00 NOK is due)  ACK", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2 frames in ", lines[2], StringComparison.Ordinal);

        Assert.Equal(ExitCode.NotFound, (await AgentProcess.RunAsync(["meter", "replay", _files.Path("none")])).ExitCode);
        Assert.Equal(ExitCode.NotPossible, (await AgentProcess.RunAsync(["meter", "replay", Path.GetDirectoryName(_files.Path("x"))!])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await AgentProcess.RunAsync(["meter", "replay", _files.Path("line.raw"), "--currency", "XXX"])).ExitCode);
    }

    [Theory]
    [InlineData("+47 •••• ••67")]
    [InlineData("+46 •••• ••67")]
    [InlineData("+45 •••• ••67")]
    [InlineData("+358 •••• ••67")]
    [InlineData("+•• •••• ••67")]
    public void A_masked_number_has_a_stand_in_that_is_as_good(string masked)
    {
        ReadOnlySpan<byte> frame = MaskedFrame.Make($"BOOK|5|booking=B-17|phone={masked}|cur=NOK");
        Assert.True(new FrameReader().TryRead(ref frame, out var whole));
        var phone = whole.Payload.Split('|').Single(field => field.StartsWith("phone=", StringComparison.Ordinal))["phone=".Length..];
        Assert.Equal(PhoneNumberFault.None, PhoneNumber.Parse("+" + phone, Country.NO, out _));
    }

    private static async Task HeardAsync(TestTerminal terminal, string type)
    {
        var heard = new StringBuilder();
        for (var tries = 0; tries < 600 && !heard.ToString().Contains(type, StringComparison.Ordinal); tries++)
        {
            heard.Append(Encoding.Latin1.GetString(TestFiles.ReadWithin(terminal.Master, milliseconds: 50)));
            await Task.Yield();
        }

        Assert.Contains(type, heard.ToString(), StringComparison.Ordinal);
    }

    private static WatchReport Frame(DateTimeOffset at, string from, string name, string text) => new(at, "frame") { From = from, Name = name, Text = text, Meaning = "…" };

    private static byte[] Watched(params WatchReport[] lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => JsonSerializer.Serialize(line, AnswerJson.Context.WatchReport) + "\n")));

    private static async Task<List<ReplayLine>> ReplayAsync(byte[] capture, string meter = "", long longest = 1024 * 1024)
    {
        var lines = new List<ReplayLine>();
        await new MeterReplay(
            LineProbe.Speaking("meter-replay", meter, Country.NO, Currency.NOK),
            line =>
            {
                lines.Add(line);
                return Task.CompletedTask;
            }).RunAsync(new CaptureFile("capture", new MemoryStream(capture), longest), CancellationToken.None);
        return lines;
    }
}
