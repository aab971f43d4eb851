using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using AgentProcess = TaximeterAgent.Tests.Cli.AgentProcess;
using TaximeterAgent.Tests.Support;
using TaximeterAgent.Tests.Telemetry;

namespace TaximeterAgent.Tests.Security;

/// <summary>Who may speak to the running agent: its user, its group and root; and what is known of whoever did.</summary>
public sealed class ControlGroupTests
{
    private const uint Group = 61_234;
    private const uint Somebody = 61_235;

    /// <summary>curl's code for a connection that was not made.</summary>
    private const int NoConnection = 7;

    [RootFact]
    public async Task Who_is_not_of_the_group_is_refused_and_who_is_may_order_and_is_named()
    {
        var options = new WorldOptions { Name = "group", AgentCommand = ["setpriv", $"--regid={Group}", "--clear-groups", .. AgentCommand.BuiltWithUs()] };
        await using var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, null);
        var socket = Path.Combine(world.Places.Root, "run", "control.sock");
        // The way to it is open to all; what keeps others out is the agent's own doing.
        File.SetUnixFileMode(world.Places.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        world.Reconfigure(root => root["Control"]!["Socket"] = socket);
        await world.SwitchOnAsync();
        var fare = await PaidRide.DriveAsync(world, world.NewCustomer());
        await world.WaitAsync(() => File.Exists(socket), "the control socket");

        Assert.Equal((NoConnection, ""), await AskAsync(socket, null, "/v1/status"));
        var (code, told) = await AskAsync(socket, Group, "/v1/status");
        Assert.Equal(0, code);
        Assert.Contains(AgentConfiguration.CarId, told, StringComparison.Ordinal);

        // A directory that lets everybody in does not let them into the socket.
        File.SetUnixFileMode(Path.GetDirectoryName(socket)!, (UnixFileMode)0b111_111_111);
        Assert.Equal((NoConnection, ""), await AskAsync(socket, null, "/v1/status"));

        var trip = Uri.EscapeDataString($"{fare.Key.Meter}/{fare.Key.Trip}/{fare.Key.Start}");
        Assert.Equal(NoConnection, (await AskAsync(socket, null, $"/v1/trips/{trip}/refund", "{}")).Code);
        Assert.Equal(0, (await AskAsync(socket, Group, $"/v1/trips/{trip}/refund", "{}")).Code);
        await world.WaitAsync(() => world.Apis.Payments().Any(payment => payment.Refunded == fare.Total), "the refund");
        Assert.Contains($"uid {Somebody}", (await AskAsync(socket, Group, $"/v1/trips/{trip}")).Output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> AskAsync(string socket, uint? group, string path, string? order = null)
    {
        string[] who = [string.Create(CultureInfo.InvariantCulture, $"--reuid={Somebody}"), $"--regid={Somebody}", .. group is { } member ? [$"--groups={member}"] : (string[])["--clear-groups"]];
        string[] what = ["curl", "--silent", "--fail", "--unix-socket", socket, .. order is null ? (string[])[] : ["--data", order], $"http://agent{path}"];
        using var asking = AgentProcess.StartCommand("setpriv", [.. who, .. what]);
        var (code, output, _) = await asking.EndAsync();
        return (code, output);
    }
}
