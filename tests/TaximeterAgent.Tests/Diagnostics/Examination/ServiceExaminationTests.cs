using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Diagnostics.Examination;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Tests.Diagnostics.Examination;

/// <summary>Why nobody answers, or why it answers only now and then, by systemd's word.</summary>
public sealed class ServiceExaminationTests : IDisposable
{
    private readonly TestPatient _patient = new();

    public void Dispose() => _patient.Dispose();

    [Theory]
    [InlineData("not-found", "inactive", "dead", "success", 0, 0, "service-missing", "not installed")]
    [InlineData("masked", "inactive", "dead", "success", 0, 0, "service-missing", "forbidden to start it")]
    [InlineData("loaded", "inactive", "dead", "success", 0, 0, "service-stopped", "somebody has stopped it")]
    [InlineData("loaded", "inactive", "dead", "success", 0, 9, "service-stopped", "somebody has stopped it")]
    [InlineData("loaded", "failed", "failed", "exit-code", 78, 0, "service-failed", "the configuration is wrong")]
    [InlineData("loaded", "failed", "failed", "exit-code", 74, 0, "service-failed", "the disk or the database")]
    [InlineData("loaded", "failed", "failed", "signal", 9, 0, "service-failed", "something ended it")]
    [InlineData("loaded", "activating", "auto-restart", "exit-code", 70, 1, "service-looping", "a mistake in the program")]
    [InlineData("loaded", "activating", "auto-restart", "watchdog", 0, 5, "service-looping", "it hung")]
    [InlineData("loaded", "activating", "start", "exit-code", 74, 3, "service-looping", "the disk or the database")]
    [InlineData("loaded", "activating", "start", "success", 0, 0, "service-stopped", "starts it at this moment")]
    public async Task An_agent_that_does_not_answer_is_explained(string load, string active, string sub, string result, int code, int restarts, string kind, string cause)
    {
        var finding = Assert.Single((await LookAsync(_patient.With(new UnitFacts(load, active, sub, result, code, restarts)))).Findings);

        Assert.Equal(kind, Kebab.Of(finding.Kind));
        Assert.Contains(cause, finding.Cause, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Cure);
    }

    [Fact]
    public async Task A_process_that_is_there_and_silent_hangs()
    {
        var finding = Assert.Single((await LookAsync(_patient.With(new UnitFacts("loaded", "active", "running", "success", 0, 0), away: false))).Findings);

        Assert.Equal((FindingKind.ServiceSilent, Level.Red), (finding.Kind, finding.Level));
    }

    [Theory]
    [InlineData(2, 30, false)]
    [InlineData(3, 30, true)]
    [InlineData(3, 599, true)]
    [InlineData(3, 601, false)]
    public async Task An_agent_that_has_just_been_started_anew_for_the_third_time_loops(int restarts, long uptimeSeconds, bool loops)
    {
        var examined = await LookAsync(_patient.With(new UnitFacts("loaded", "active", "running", "signal", 11, restarts), Answered(Banner.Version, uptimeSeconds)));

        Assert.Equal(loops, examined.Findings.Any(finding => finding.Kind == FindingKind.ServiceLooping));
    }

    [Fact]
    public async Task An_older_agent_than_the_installed_one_is_yellow()
    {
        var finding = Assert.Single((await LookAsync(_patient.With(status: Answered("0.0.1", 60)))).Findings);

        Assert.Equal((FindingKind.ServiceOutdated, Level.Yellow), (finding.Kind, finding.Level));
    }

    [Fact]
    public async Task An_agent_that_answers_and_stands_is_well() => Assert.Empty((await LookAsync(_patient.With(status: Answered(Banner.Version, 60)))).Findings);

    private static Task<Examined> LookAsync(Patient patient) => new ServiceExamination().LookAsync(patient, CancellationToken.None);

    private static StatusReport Answered(string version, long uptimeSeconds) => new()
    {
        Version = version,
        Car = "EL12345",
        Clock = new ClockReport { Now = TimeProvider.System.GetUtcNow(), UptimeSeconds = uptimeSeconds, CorrectedBySeconds = 0 },
        Meter = new MeterReport
        {
            Heard = true,
            Line = new DeviceReport("open", "open"),
            Traffic = new TrafficReport
            {
                Openings = 1, BytesReceived = 0, BytesSent = 0, BytesDamaged = 0, BytesOutside = 0, Breaks = 0, FramesReceived = 0, FramesSent = 0, FramesSentAgain = 0, FramesNotSent = 0,
                Dropped = new Dictionary<string, long>(), AnswersIgnored = 0, Echoes = 0,
            },
        },
        Keypad = new DeviceReport("open", "open"),
        Display = new DeviceReport("open", "open"),
        Online = true,
        Outbox = new OutboxReport { Writable = true, Operations = 0, OnTheirWay = 0, Waiting = [] },
        Alarms = [],
    };
}
