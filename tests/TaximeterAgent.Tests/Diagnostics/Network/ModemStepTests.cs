using TaximeterAgent.Diagnostics.Network;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>What <c>mmcli -J</c> writes, by a program in its place.</summary>
public sealed class ModemStepTests : IDisposable
{
    private const string Path = "/org/freedesktop/ModemManager1/Modem/0";

    private readonly TestConfiguration _configuration = new();
    private readonly TestFiles _files = new();

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Registration_and_signal_are_told_and_neither_IMEI_nor_number()
    {
        var result = await AskAsync(Modem("connected", registration: "roaming", signal: "75"));
        Assert.Equal((StepState.Ok, "LE910C4: connected, roaming, Telia, lte, signal 75 %"), (result.State, result.Text));
        var modem = Assert.Single(result.Modems!);
        Assert.Equal(("connected", "roaming", "Telia", 75, "lte"), (modem.State, modem.Registration, modem.Operator, modem.Signal, modem.Technology));
        Assert.DoesNotContain("353338976168895", result.ToString() + modem, StringComparison.Ordinal);
        Assert.DoesNotContain("4790000000", result.ToString() + modem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("searching", "searching", "--", "--", "has found no network yet")]
    [InlineData("locked", "--", "sim-pin", "--", "the SIM waits for its sim-pin")]
    [InlineData("failed", "--", "--", "sim-missing", "finds no SIM card")]
    [InlineData("failed", "--", "--", "unknown-capabilities", "the modem has failed: unknown-capabilities")]
    [InlineData("enabled", "denied", "--", "--", "refuses the SIM")]
    [InlineData("disabled", "--", "--", "--", "is switched off")]
    public async Task A_modem_that_has_no_network_says_why(string state, string registration, string unlock, string failure, string cause)
    {
        var result = await AskAsync(Modem(state, registration, unlock: unlock, failure: failure));
        Assert.Equal(StepState.Broken, result.State);
        Assert.Contains(cause, result.Cause, StringComparison.Ordinal);
        Assert.NotNull(result.Cure);
    }

    [Fact]
    public async Task A_weak_signal_is_called_so() => Assert.Contains("signal 12 %, weak", (await AskAsync(Modem("registered", "home", signal: "12"))).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("echo '{\"modem-list\":[]}'", "ModemManager knows no modem")]
    [InlineData("echo \"error: couldn't find the ModemManager process in the bus\" >&2; exit 1", "error: couldn't find the ModemManager process in the bus")]
    [InlineData("echo nonsense", "is not JSON")]
    [InlineData("echo '{\"modems\":[]}'", "is not understood")]
    public async Task Without_a_modem_nothing_is_broken(string script, string why)
    {
        var result = await AskProgramAsync(Program(script));
        Assert.Equal(StepState.Skipped, result.State);
        Assert.Contains(why, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_program_the_step_is_skipped()
    {
        var result = await AskProgramAsync(_files.Path("no-mmcli"));
        Assert.Equal(StepState.Skipped, result.State);
    }

    [Fact]
    public async Task A_ModemManager_that_hangs_is_not_waited_for_and_its_program_does_not_stay()
    {
        var process = _files.Path("pid");
        var program = Program($"echo $$ > {process}; exec sleep 600");
        // Long enough for the program to have begun on a busy machine.
        using var route = Route(program, TimeSpan.FromSeconds(5));
        var told = new List<string>();
        var report = await new NetworkTest([new ModemStep()]).RunAsync(route, _ => Task.CompletedTask, what => { told.Add(what); return Task.CompletedTask; }, CancellationToken.None);
        Assert.Equal("modem", report.Broken);
        Assert.Contains("hangs", report.Steps[0].Cause, StringComparison.Ordinal);
        var id = File.ReadAllText(process).Trim();
        for (var tries = 0; Directory.Exists($"/proc/{id}") && tries < 200; tries++)
            await Task.Delay(50);
        Assert.False(Directory.Exists($"/proc/{id}"), "The program was left behind.");
    }

    private Task<StepResult> AskAsync(string modem)
    {
        File.WriteAllText(_files.Path("modem.json"), modem);
        return AskProgramAsync(Program($$"""
            case "$*" in
            "-J -L") echo '{"modem-list":["{{Path}}"]}' ;;
            "-J -m {{Path}}") cat {{_files.Path("modem.json")}} ;;
            *) echo "unknown option" >&2; exit 1 ;;
            esac
            """));
    }

    private async Task<StepResult> AskProgramAsync(string program)
    {
        using var route = Route(program, TimeSpan.FromSeconds(30));
        return await new ModemStep().RunAsync(route, CancellationToken.None);
    }

    private NetworkRoute Route(string program, TimeSpan limit) => new(_configuration.Options(), limit, TimeProvider.System) { ModemProgram = program };

    private string Program(string script) => FakeModemProgram.Write(_files.Path("mmcli"), script);

    private static string Modem(string state, string registration = "home", string signal = "50", string unlock = "--", string failure = "--") => $$$"""
        {"modem":{"3gpp":{"enabled-locks":["fixed-dialing"],"imei":"353338976168895","operator-code":"24202","operator-name":"Telia","registration-state":"{{{registration}}}"},
        "dbus-path":"{{{Path}}}","generic":{"access-technologies":["lte"],"carrier-configuration":"default","device":"/sys/devices/platform/bus@0/3610000.usb/usb1/1-2",
        "equipment-identifier":"353338976168895","manufacturer":"Telit","model":"LE910C4","own-numbers":["+4790000000"],"power-state":"on","primary-port":"cdc-wdm0",
        "signal-quality":{"recent":"yes","value":"{{{signal}}}"},"sim":"/org/freedesktop/ModemManager1/SIM/0","state":"{{{state}}}","state-failed-reason":"{{{failure}}}","unlock-required":"{{{unlock}}}"} } }
        """;
}

/// <summary>A program in place of ModemManager's.</summary>
internal static class FakeModemProgram
{
    public static string Write(string path, string script)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
