using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

/// <summary>What a technician types to retry, hold, release and resolve: the commands as their own process, against a real engine.</summary>
public sealed class TechnicianCommandTests : IDisposable
{
    private static readonly string[] s_resolve = ["resolve", "1", "--as", "paid-otherwise", "--note", "cash"];

    private static readonly string[][] s_orders = [["outbox", "retry", "1"], ["outbox", "retry", "--all"], ["outbox", "hold", "1"], ["outbox", "release", "1"], s_resolve];

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("outbox retry 1", "; next: ", "Try now what waits for it? [y/N]")]
    [InlineData("outbox retry --all", "", "Try now what waits for all trips? [y/N]")]
    [InlineData("outbox hold 1", "; next: ", "Send nothing new for it until it is released? [y/N]")]
    [InlineData("outbox release 1", "; next: ", "Let it go on? [y/N]")]
    [InlineData("resolve 1 --as paid-otherwise --note cash", "Captured 0.00 NOK, refunded so far 0.00 NOK.", "Was it paid otherwise? [y/N]")]
    public async Task It_asks_at_a_terminal_and_without_a_yes_nothing_is_done(string command, string stands, string question)
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        var (exitCode, shown) = await AtTerminal.RunAsync("n\\n", [.. command.Split(' '), "--socket", rig.Socket]);

        Assert.Equal(ExitCode.Declined, exitCode);
        Assert.Contains(stands, shown, StringComparison.Ordinal);
        Assert.Contains(question, shown, StringComparison.Ordinal);
        Assert.Contains("taximeter-agent: nothing was done\n", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length <= 110, line));
        Assert.Empty(await OrdersAsync(client));
    }

    [Fact]
    public async Task A_yes_at_the_terminal_holds_the_trip()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        var (exitCode, shown) = await AtTerminal.RunAsync("y\\n", "outbox", "hold", "1", "--socket", rig.Socket);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains($"Trip {Examples.Trip(1)}, 345.00 NOK; next: ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown);
        Assert.Single(await OrdersAsync(client));
    }

    [Fact]
    public async Task Ctrl_C_at_the_question_does_nothing()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        var (exitCode, shown) = await AtTerminal.RunAsync(AtTerminal.ControlC, "outbox", "hold", "1", "--socket", rig.Socket);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains("nothing was done", shown, StringComparison.Ordinal);
        Assert.Empty(await OrdersAsync(client));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_it_needs_yes()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        foreach (var order in s_orders)
        {
            var (exitCode, output, error) = await RunAsync(rig, order);
            Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
            Assert.EndsWith("asks first, and there is no terminal to ask at; give --yes\n", error, StringComparison.Ordinal);
        }

        Assert.Empty(await OrdersAsync(client));
    }

    [Fact]
    public async Task What_is_ordered_is_said_in_lines_for_a_program_and_stands_in_the_history_with_the_callers_name()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        await Eventually(async () => (await client.GetAsync("/v1/outbox")).Body.GetProperty("operations").EnumerateArray().Any(o => o.TryGetProperty("inSeconds", out var left) && left.GetDouble() > 5));

        var retry = await RunAsync(rig, ["outbox", "retry", "1", "--yes"]);
        Assert.Equal((ExitCode.Ok, ""), (retry.ExitCode, retry.Error));
        Assert.StartsWith($"moved\t1 call\nnext\t{Examples.Trip(1)}: ", retry.Output, StringComparison.Ordinal);

        var hold = await RunAsync(rig, ["outbox", "hold", "1", "--yes"]);
        Assert.StartsWith($"trip\t{Examples.Trip(1)}\nheld\tyes\n", hold.Output, StringComparison.Ordinal);
        Assert.EndsWith("next\ta technician: the trip is held, nothing is sent for it until it is released\n", hold.Output, StringComparison.Ordinal);
        Assert.Contains("held\tyes, as before\n", (await RunAsync(rig, ["outbox", "hold", "1", "--yes"])).Output, StringComparison.Ordinal);
        Assert.Contains("a technician holds the trip: release it\t", (await RunAsync(rig, ["outbox", "list"])).Output, StringComparison.Ordinal);
        Assert.Contains("held\tby a technician: nothing is sent for it until taximeter-agent outbox release\n", (await RunAsync(rig, ["trip", "1"])).Output, StringComparison.Ordinal);

        var resolve = await RunAsync(rig, [.. s_resolve, "--yes"]);
        Assert.Contains("held\tnothing is undone before it is released: taximeter-agent outbox release\n", resolve.Output, StringComparison.Ordinal);
        Assert.StartsWith($"trip\t{Examples.Trip(1)}\nheld\tno\n", (await RunAsync(rig, ["outbox", "release", "1", "--yes"])).Output, StringComparison.Ordinal);

        var orders = await OrdersAsync(client);
        Assert.Equal(["retry", "hold", "resolve", "release"], orders.Select(order => order.What));
        Assert.All(orders, order => Assert.Matches($@"^({Environment.UserName} \()?uid \d+\)? ", order.Text));
    }

    [Fact]
    public async Task What_is_not_there_or_cannot_be_is_told_with_its_exit_code_and_what_to_do()
    {
        await using var rig = new EngineRig(
            (Examples.Open(1), []), (Examples.Closed(2), []), (Examples.Closed(3), []), (new TripState { Trip = new TripId("meter-8", "3", Examples.Trip(3).Start), Settled = SettledBy.Void }, []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();

        foreach (var order in s_orders.Where(order => order[^1] != "--all"))
        {
            var unknown = await RunAsync(rig, [.. order.Select(word => word == "1" ? "17" : word), "--yes"]);
            Assert.Equal((ExitCode.NotFound, "taximeter-agent: There is no trip \"17\". Name it by the meter's number, by meter/trip/start, or by its booking.\n"), (unknown.ExitCode, unknown.Error));
        }

        var twice = await RunAsync(rig, ["outbox", "hold", "3", "--yes"]);
        Assert.Equal(ExitCode.NotPossible, twice.ExitCode);
        Assert.Contains($"  {Examples.Trip(3)}\n", twice.Error, StringComparison.Ordinal);

        await NotPossibleAsync(rig, "nothing to hold", "outbox", "hold", "2");
        await NotPossibleAsync(rig, "First resolve it without giving up", [.. s_resolve, "--give-up"]);
        Assert.Equal(ExitCode.Ok, (await RunAsync(rig, ["outbox", "hold", "1", "--yes"])).ExitCode);
        await NotPossibleAsync(rig, "release it first", "outbox", "retry", "1");
    }

    [Fact]
    public async Task Without_an_agent_nothing_is_changed_and_the_message_says_so()
    {
        var directory = _files.Path("outbox");
        using (var outbox = SqliteOutbox.Open(directory, TimeProvider.System))
            outbox.Commit(Examples.FareBatch(1));
        using var configuration = new TestConfiguration();
        configuration.With("Outbox:Directory", JsonSerializer.Serialize(directory)).With("Control:Socket", JsonSerializer.Serialize(_files.Path("none.sock")));
        var before = Contents(directory);

        foreach (var order in s_orders)
        {
            var (exitCode, output, error) = await AgentProcess.RunAsync([.. order, "--yes", "--config", configuration.File]);
            Assert.Equal((ExitCode.Unavailable, ""), (exitCode, output));
            Assert.Contains("start the agent", error, StringComparison.Ordinal);
            Assert.EndsWith("This needs the running agent; nothing was changed\n", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Contents(directory));
    }

    [Fact]
    public async Task While_the_disk_is_full_nothing_is_ordered_and_the_message_says_to_make_room()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        (await rig.StartAsync()).Dispose();
        rig.NoRoom();

        foreach (var order in s_orders)
        {
            var (exitCode, output, error) = await RunAsync(rig, [.. order, "--yes"]);
            Assert.Equal((ExitCode.TryAgain, ""), (exitCode, output));
            Assert.Contains("Make room and try again", error, StringComparison.Ordinal);
        }

        // What was decided of it could not be stored, so nothing certain can be told of it either: and not that the agent is busy.
        var (looked, _, why) = await RunAsync(rig, ["trip", "1"]);
        Assert.Equal(ExitCode.TryAgain, looked);
        Assert.Contains("Make room and try again", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shapes_of_the_json_are_kept()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        (await rig.StartAsync()).Dispose();

        await ShapeAsync(rig, ["moved", "trips"], "outbox", "retry", "1");
        await ShapeAsync(rig, ["moved", "trips"], "outbox", "retry", "--all");
        await ShapeAsync(rig, ["trip", "held", "new", "onTheirWay", "next"], "outbox", "hold", "1");
        await ShapeAsync(rig, ["trip", "held", "new", "onTheirWay", "next"], "outbox", "release", "1");
        await ShapeAsync(rig, ["trip", "new", "givenUp", "held", "currency", "captured", "refunded", "left", "next"], s_resolve);
    }

    [Fact]
    public async Task A_note_loses_numbers_and_keys_and_one_that_is_too_long_is_refused()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        using var client = await rig.StartAsync();

        foreach (var note in (string[])["", " ", new string('x', 201)])
        {
            var refused = await RunAsync(rig, ["resolve", "1", "--as", "paid-otherwise", "--note", note, "--yes"]);
            Assert.Equal((ExitCode.Usage, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("--note needs a text of at most 200 characters.", refused.Error, StringComparison.Ordinal);
        }

        Assert.Empty(await OrdersAsync(client));
        var taken = await RunAsync(rig, ["resolve", "1", "--as", "paid-otherwise", "--note", "cash, rang +47 912 34 567, key 3fd0a1b2c3d4e5f60718", "--yes"]);
        Assert.Equal(ExitCode.Ok, taken.ExitCode);
        var trip = await RunAsync(rig, ["trip", "1"]);
        Assert.Contains("Note: cash, rang +…, key …", trip.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("567", taken.Output + taken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolve_of_which_nothing_can_be_undone_yet_says_what_is_still_out_there()
    {
        await using var rig = new EngineRig((TwoPayments(), []));
        rig.Service.Reachable = false;
        (await rig.StartAsync()).Dispose();

        var (exitCode, output, _) = await RunAsync(rig, [.. s_resolve, "--yes"]);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("resolved\tpaid otherwise: nothing of ours is kept\ncaptured\t200.00 NOK\nrefunded\t0.00 NOK\n", output, StringComparison.Ordinal);
        Assert.Contains($"to undo\t{Examples.Reference(1, 1)} of sales unit 123456: captured 200.00 NOK, refunded 0.00 NOK as last read\n", output, StringComparison.Ordinal);
        Assert.Contains($"to undo\t{Examples.Reference(1, 2)} of sales unit 654321: it is not certain whether 145.00 NOK was asked for\n", output, StringComparison.Ordinal);
        Assert.Contains($"to undo\t{Examples.Reference(1, 2)} of sales unit 654321: ", (await RunAsync(rig, ["trip", "1"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_given_up_is_named_before_the_question_and_afterwards()
    {
        await using var rig = new EngineRig((TwoPayments(), []));
        rig.Service.Reachable = false;
        using var client = await rig.StartAsync();
        Assert.Equal(ExitCode.Ok, (await RunAsync(rig, [.. s_resolve, "--yes"])).ExitCode);
        // Each was tried in vain.
        await Eventually(async () => (await client.GetAsync("/v1/outbox")).Body.GetProperty("operations").EnumerateArray().ToList() is { Count: 2 } both && both.All(o => o.GetProperty("failures").GetInt32() > 0));

        var no = await AtTerminal.RunAsync("n\\n", [.. s_resolve, "--give-up", "--socket", rig.Socket]);
        Assert.Equal(ExitCode.Declined, no.ExitCode);
        var asked = no.Shown.ReplaceLineEndings("");
        Assert.Contains("of sales unit 123456: captured 200.00 NOK, refunded 0.00 NOK as last read", asked, StringComparison.Ordinal);
        Assert.Contains("of sales unit 654321: it is not certain whether 145.00 NOK was asked for", asked, StringComparison.Ordinal);

        var (exitCode, output, _) = await RunAsync(rig, [.. s_resolve, "--give-up", "--yes"]);
        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("GIVEN UP\t", output, StringComparison.Ordinal);
        Assert.Contains($"left\t{Examples.Reference(1, 1)} of sales unit 123456: captured 200.00 NOK, refunded 0.00 NOK as last read\n", output, StringComparison.Ordinal);
        Assert.Contains($"left\t{Examples.Reference(1, 2)} of sales unit 654321: it is not certain whether 145.00 NOK was asked for\n", output, StringComparison.Ordinal);
        var trip = (await RunAsync(rig, ["trip", "1"])).Output;
        Assert.Contains("given up\tby a technician: what is left may still be out there\n", trip, StringComparison.Ordinal);
        Assert.Contains($"left\t{Examples.Reference(1, 1)} of sales unit 123456: ", trip, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outbox retry")]
    [InlineData("outbox retry 1 --all")]
    [InlineData("outbox hold")]
    [InlineData("outbox release 1 2")]
    [InlineData("resolve 1 --note cash")]
    [InlineData("resolve 1 --as paid --note cash")]
    [InlineData("resolve 1 --as paid-otherwise")]
    public async Task A_command_line_that_is_wrong_is_a_usage_error(string arguments)
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync([.. arguments.Split(' '), "--yes", "--socket", _files.Path("none.sock")]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.StartsWith("taximeter-agent: ", error, StringComparison.Ordinal);
    }

    // What was reserved for the booking has been captured, and the rest of the fare was asked for, of another sales unit.
    private static TripState TwoPayments() => Examples.Open(1) with
    {
        Attempts =
        [
            Examples.Attempt(1, 1) with { Amount = Examples.Nok(20_000), Existence = Existence.Exists, State = PaymentState.Authorized, Authorized = 20_000, Captured = 20_000, Receipt = ReceiptState.Posted, CreateId = null },
            Examples.Attempt(1, 2) with { Amount = Examples.Nok(14_500), SalesUnit = Examples.SalesUnit with { MerchantSerialNumber = "654321" } },
        ],
    };

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(EngineRig rig, string[] arguments) => AgentProcess.RunAsync([.. arguments, "--socket", rig.Socket]);

    private static async Task NotPossibleAsync(EngineRig rig, string why, params string[] order)
    {
        var (exitCode, output, error) = await RunAsync(rig, [.. order, "--yes"]);
        Assert.Equal((ExitCode.NotPossible, ""), (exitCode, output));
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    private static async Task ShapeAsync(EngineRig rig, string[] names, params string[] order)
    {
        var (exitCode, output, error) = await RunAsync(rig, [.. order, "--yes", "--json"]);
        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(names, json.RootElement.EnumerateObject().Select(property => property.Name));
    }

    private static async Task<IReadOnlyList<(string What, string Text)>> OrdersAsync(SocketClient client) =>
    [
        .. (await client.GetAsync("/v1/trips/1")).Body.GetProperty("history").EnumerateArray()
            .Where(line => line.GetProperty("actor").GetString() == "technician")
            .Select(line => (line.GetProperty("what").GetString()!, line.GetProperty("text").GetString()!)),
    ];

    private static string Contents(string directory) =>
        string.Join('\n', Directory.EnumerateFiles(directory).Order().Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(20, patience.Token);
    }
}
