using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Doctor;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Diagnostics.Examination;

namespace TaximeterAgent.Tests.Diagnostics.Examination;

/// <summary>What is made of what the parts find.</summary>
public sealed class DoctorTests : IDisposable
{
    private static readonly Finding s_red = Finding.Red(FindingKind.MeterSilent, "meter", "nothing came", "it is off", "turn it on");

    private static readonly Finding s_yellow = Finding.Yellow(FindingKind.RelayAway, "relay", "away", "no network", "wait");

    private readonly TestPatient _patient = new();

    public void Dispose() => _patient.Dispose();

    [Fact]
    public async Task Findings_are_numbered_in_the_order_of_the_parts_and_the_worst_decides()
    {
        var found = await ExamineAsync(Examined.Found(s_yellow), Examined.Well, Examined.Found(s_red));

        Assert.Equal([(1, "relay-away", "yellow"), (2, "meter-silent", "red")], found.Findings.Select(one => (one.Number, one.Kind, one.Level)));
        Assert.Equal(("red", false, ExitCode.Red), (found.Worst, found.Healthy, DoctorCommand.CodeOf(found)));
    }

    [Fact]
    public async Task What_is_only_worth_a_look_ends_with_a_code_of_its_own()
    {
        var found = await ExamineAsync(Examined.Found(s_yellow));

        Assert.Equal(("yellow", ExitCode.Yellow), (found.Worst, DoctorCommand.CodeOf(found)));
    }

    [Fact]
    public async Task Nothing_found_is_a_healthy_car_and_what_was_not_looked_at_is_said()
    {
        var found = await ExamineAsync(Examined.Well, Examined.Unseen("run this as root"));

        Assert.Equal(("green", true, ExitCode.Ok), (found.Worst, found.Healthy, DoctorCommand.CodeOf(found)));
        Assert.Equal("run this as root", Assert.Single(found.Unseen).Why);
        Assert.Equal(["not looked at: part 1: run this as root", "0 red, 0 yellow: nothing is wrong with what was looked at"], DoctorScreen.Lines(found, 80).Select(line => line.ToString()));
    }

    [Fact]
    public async Task A_fault_that_two_parts_see_is_told_once() =>
        Assert.Single((await ExamineAsync(Examined.Found(s_red), Examined.Found(s_red with { Cause = "another guess" }))).Findings);

    [Fact]
    public async Task For_people_each_finding_has_what_was_seen_why_and_what_to_do_on_lines_that_fit()
    {
        var found = await ExamineAsync(Examined.Found(s_red with { Cause = string.Join(' ', Enumerable.Repeat("word", 40)) }));

        var lines = DoctorScreen.Lines(found, 60).Select(line => line.ToString()).ToList();
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.Equal(["1  RED    meter: meter-silent", "   seen   nothing came", "   cause  word"], [lines[0], lines[1], lines[2][..14]]);
        Assert.Equal("   cure   turn it on", lines[^2]);
        Assert.Equal("1 red, 0 yellow", lines[^1]);
    }

    [Fact]
    public async Task For_programs_a_finding_is_a_row() =>
        Assert.Equal(["1", "red", "meter", "meter-silent", "nothing came", "it is off", "turn it on"], DoctorScreen.Rows(await ExamineAsync(Examined.Found(s_red))).ElementAt(1));

    private Task<TaximeterAgent.Cli.Output.DoctorReport> ExamineAsync(params Examined[] examined) =>
        new Doctor([.. examined.Select((one, at) => new Known($"part {at}", one))]).ExamineAsync(_patient.With(), _ => Task.CompletedTask, CancellationToken.None);

    private sealed class Known(string part, Examined examined) : TaximeterAgent.Diagnostics.Examination.Examination
    {
        public override string Part => part;

        public override string WaitsFor => part;

        public override Task<Examined> LookAsync(Patient patient, CancellationToken stop) => Task.FromResult(examined);
    }
}
