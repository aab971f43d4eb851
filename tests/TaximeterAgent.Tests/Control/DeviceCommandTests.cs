using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Printer;
using TaximeterAgent.Tests.Cli;

namespace TaximeterAgent.Tests.Control;

/// <summary><c>keypad test</c>, <c>display test</c>, <c>printer test</c> and <c>gpio watch</c> as their own process, through the agent that holds the devices.</summary>
public sealed class DeviceCommandTests
{
    private static readonly DeviceStatus s_open = new(DeviceState.Open, "it is open");

    [Fact]
    public async Task The_keypad_is_tested_through_the_agent_and_a_hidden_digit_is_said_to_be_one()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "keypad test --seconds 5");
        await WatchedAsync(rig, WatchTopic.Keypad);
        foreach (var key in new[] { "digit7", "enter", "digit" })
            rig.Watch.Publish(WatchTopic.Keypad, new WatchEvent("key") { Name = key, Value = "pressed" });

        var (exitCode, output, error) = await test;

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.StartsWith("open Press keys; Ctrl+C ends.\nThe agent takes the keys as always. A digit of a customer's number is said as \"digit\"", output, StringComparison.Ordinal);
        Assert.EndsWith("\n7\nEnter\ndigit\n3 keys\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keypad_test_as_JSON_is_what_the_agent_says_and_without_a_key_it_is_no_success()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();

        var (exitCode, output, error) = await RunAsync(rig, "keypad test --seconds 1 --json");

        Assert.Equal((ExitCode.TryAgain, "taximeter-agent: no key was pressed, or none that the keymap knows\n"), (exitCode, error));
        using var line = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("watching", line.RootElement.GetProperty("what").GetString());
    }

    [Fact]
    public async Task A_keypad_that_is_unplugged_under_the_agent_ends_the_test()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "keypad test");
        await WatchedAsync(rig, WatchTopic.Keypad);
        rig.Watch.Publish(WatchTopic.Keypad, new WatchEvent("device") { Name = "keypad", Value = "lost", Text = "The keypad is gone." });
        var (exitCode, _, error) = await test;
        Assert.Equal((ExitCode.InputOutput, "taximeter-agent: The keypad is gone.\n"), (exitCode, error));
    }

    [Theory]
    [InlineData(DeviceState.Missing, ExitCode.NotFound)]
    [InlineData(DeviceState.Busy, ExitCode.TryAgain)]
    [InlineData(DeviceState.Forbidden, ExitCode.NoPermission)]
    [InlineData(DeviceState.Unusable, ExitCode.InputOutput)]
    public async Task A_device_that_the_agent_does_not_have_open_has_the_exit_code_that_it_has_without_an_agent(DeviceState state, int expected)
    {
        var status = new DeviceStatus(state, "This is why.");
        await using var rig = new EngineRig { Keypad = status, Display = status, Printer = { Fitted = true, Device = status } };
        (await rig.StartAsync()).Dispose();
        foreach (var command in new[] { "keypad test", "display test", "printer test" })
        {
            var (exitCode, output, error) = await RunAsync(rig, command);
            Assert.Equal((expected, "", "taximeter-agent: This is why.\n"), (exitCode, output, error));
        }
    }

    [Fact]
    public async Task An_agent_without_a_device_says_so()
    {
        await using var rig = new EngineRig { Keypad = null, Display = null };
        (await rig.StartAsync()).Dispose();
        foreach (var device in new[] { "keypad", "display" })
        {
            var (exitCode, output, error) = await RunAsync(rig, $"{device} test");
            Assert.Equal((ExitCode.NotFound, ""), (exitCode, output));
            Assert.Contains($"the running agent has no {device}", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_display_is_tested_through_the_agent_which_shows_its_picture_and_takes_it_away()
    {
        await using var rig = new EngineRig { Display = s_open };
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "display test");
        await UntilAsync(() => rig.Shown.SequenceEqual(["12", "34"]));
        var (exitCode, output, error) = await test;
        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.Contains("shown through the running agent for 2 seconds", output, StringComparison.Ordinal);
        Assert.Contains("\n  12\n  34\n", output, StringComparison.Ordinal);
        Assert.Contains("ok, as far as the display answers", output, StringComparison.Ordinal);
        await UntilAsync(() => !rig.Shown.SequenceEqual(["12", "34"]));
    }

    [Fact]
    public async Task A_display_that_fails_at_the_picture_is_no_success()
    {
        await using var rig = new EngineRig { Display = s_open };
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "display test");
        await UntilAsync(() => rig.Shown.SequenceEqual(["12", "34"]));
        rig.Display = new DeviceStatus(DeviceState.Lost, "The display is gone.");
        var (exitCode, _, error) = await test;
        Assert.Equal((ExitCode.InputOutput, "taximeter-agent: The display is gone.\n"), (exitCode, error));
    }

    [Fact]
    public async Task The_printer_is_tested_through_the_agent_until_its_page_is_on_paper()
    {
        await using var rig = new EngineRig { Printer = { Fitted = true, Device = s_open } };
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "printer test");
        await UntilAsync(() => rig.Printer.Pages == 1);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.False(test.IsCompleted, "the page waits, and is said to be printed");
        rig.Printer.Status = new PrinterStatus(PrinterState.Ready);
        var (exitCode, output, error) = await test;
        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.Equal("it is open\nok, as the printer says: whether the page can be read, who looks at it knows\n", output);
        Assert.Equal(1, rig.Printer.Pages);
    }

    [Fact]
    public async Task A_printer_without_paper_is_no_success_and_what_to_do_is_said()
    {
        await using var rig = new EngineRig { Printer = { Fitted = true, Device = s_open, Status = new PrinterStatus(PrinterState.NoPaper) } };
        (await rig.StartAsync()).Dispose();
        var (exitCode, _, error) = await RunAsync(rig, "printer test");
        Assert.Equal(
            (ExitCode.InputOutput, "taximeter-agent: the printer: no paper, a slip waits; put paper in; what waits is printed by itself; the page is forgotten after 5 minutes\n"), (exitCode, error));
        Assert.Equal(1, rig.Printer.Pages);
    }

    [Fact]
    public async Task A_meter_that_prints_without_a_pause_lets_no_page_between()
    {
        await using var rig = new EngineRig { Printer = { Fitted = true, InLine = true, Device = s_open, Status = new PrinterStatus(PrinterState.Unknown) } };
        (await rig.StartAsync()).Dispose();
        var (exitCode, _, error) = await RunAsync(rig, "printer test --seconds 1");
        Assert.Equal((ExitCode.TryAgain, "taximeter-agent: the page was not printed within 1 seconds: the meter prints without a pause; it still waits\n"), (exitCode, error));
    }

    [Fact]
    public async Task A_car_without_a_printer_has_none_to_be_tested()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var (exitCode, output, error) = await RunAsync(rig, "printer test");
        Assert.Equal((ExitCode.NotFound, "", "taximeter-agent: there is no printer: Printer:Kind is \"none\"\n"), (exitCode, output, error));
        using var client = new SocketClient(rig.Socket);
        var (status, body) = await client.PostAsync("/v1/printer/test", null);
        Assert.Equal((422, "no-printer"), (status, body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task The_agents_lines_are_watched_through_it_until_one_is_lost()
    {
        await using var rig = new EngineRig { Gpio = s_open };
        (await rig.StartAsync()).Dispose();
        var test = RunAsync(rig, "gpio watch");
        await WatchedAsync(rig, WatchTopic.Gpio);
        rig.Watch.Publish(WatchTopic.Gpio, WatchEvent.Edge("4", on: true, "hired"));
        rig.Watch.Publish(WatchTopic.Gpio, new WatchEvent("edge") { Name = "digit", Value = "pressed", Text = "key matrix" });
        rig.Watch.Publish(WatchTopic.Gpio, new WatchEvent("device") { Name = "meter contacts", Value = "lost", Text = "The contacts are gone." });

        var (exitCode, output, error) = await test;

        Assert.Equal(ExitCode.InputOutput, exitCode);
        Assert.EndsWith("taximeter-agent: The contacts are gone.\n", error, StringComparison.Ordinal);
        var said = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => !line.EndsWith("  it is open", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, said.Count);
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d\d\d  line 4 on \(hired\)$", said[1]);
        Assert.EndsWith("  key matrix: digit pressed", said[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_is_stopped_has_ended_well()
    {
        await using var rig = new EngineRig { Gpio = s_open };
        (await rig.StartAsync()).Dispose();
        using var watch = AgentProcess.Start(["gpio", "watch", "--socket", rig.Socket]);
        await WatchedAsync(rig, WatchTopic.Gpio);
        watch.Terminate();
        Assert.Equal(ExitCode.Ok, (await watch.EndAsync()).ExitCode);
        await UntilAsync(() => !rig.Watch.IsWatched(WatchTopic.Gpio));
    }

    [Fact]
    public async Task An_agent_that_uses_no_lines_is_said_to_and_a_machine_without_any_is_no_success()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var (exitCode, output, error) = await RunAsync(rig, "gpio watch");
        Assert.Contains("the running agent uses no lines", output, StringComparison.Ordinal);
        if (GpioChip.Paths().Count > 0)
            return; // Then the list was the answer.
        Assert.Equal((ExitCode.Unavailable, "taximeter-agent: There is no GPIO chip on this machine.\n"), (exitCode, error));
    }

    [Fact]
    public async Task Lines_that_are_named_are_not_the_agents()
    {
        if (GpioChip.Paths().Count > 0)
            return; // They would be watched until Ctrl+C.
        await using var rig = new EngineRig { Gpio = s_open };
        (await rig.StartAsync()).Dispose();
        var (exitCode, output, _) = await RunAsync(rig, "gpio watch 5");
        Assert.Equal((ExitCode.Unavailable, ""), (exitCode, output));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(EngineRig rig, string command)
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync([.. command.Split(' '), "--socket", rig.Socket]);
        return (exitCode, output, AgentProcess.WithoutWaiting(error));
    }

    private static Task WatchedAsync(EngineRig rig, WatchTopic topic) => UntilAsync(() => rig.Watch.IsWatched(topic));

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
            await Task.Delay(10, patience.Token);
    }
}
