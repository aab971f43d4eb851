using System.Globalization;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board;

/// <summary>
/// From power-on to the first ACK, against an empty generic host in the same image: a boot with the one and a boot with the other in turn. The guest's own clock says when a unit was
/// started and ready; the ACK's moment is seen at the meter.
/// </summary>
internal sealed class StartMeasure(BoardImage image, Options options, Tally tally, TextWriter output)
{
    private const string EmptyUnit = "board-empty.service";
    private const string AgentUnit = "taximeter-agent.service";

    private static readonly TimeProvider Time = TimeProvider.System;

    public async Task RunAsync()
    {
        var agent = new List<Start>();
        var empty = new List<Start>();
        for (int start = 0; start < options.Starts; start++)
        {
            agent.Add(await BootAsync(start, AgentUnit));
            empty.Add(await BootAsync(start, EmptyUnit));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start (medians of {options.Starts}) agent: unit-to-ready={Median(agent, one => one.ToReady):F1}s power-to-first-ack={Median(agent, one => one.PowerToAck):F1}s; "
            + $"empty host: unit-to-ready={Median(empty, one => one.ToReady):F1}s; the agent's own share={Median(agent, one => one.ToReady + one.ReadyToAck) - Median(empty, one => one.ToReady):F1}s"));
    }

    private async Task<Start> BootAsync(int number, string unit)
    {
        string folder = Path.Combine(options.Keep, string.Create(CultureInfo.InvariantCulture, $"start-{number}-{unit}-{Environment.ProcessId}"));
        Directory.CreateDirectory(folder);
        Start start;
        await using (World world = await World.CreateAsync(BoardWorld.Options("start", options.Seed, image, null, folder, Time), new Transcript(TextWriter.Null, Time), Time, null))
        {
            tally.Boots++;
            bool isAgent = unit == AgentUnit;
            if (!isAgent)
                world.AgentEnvironment[BoardSwitches.KernelVariable] = $"systemd.mask={AgentUnit} systemd.wants={EmptyUnit}";
            TripFare fare = world.NewTrip();
            world.Meter.SwitchOn();
            world.Meter.Finish(fare);
            world.StartAgent();
            TimeSpan? toAck = null;
            if (isAgent)
            {
                await world.WaitForAcknowledgedAsync(fare);
                toAck = world.Meter.Acknowledged[0].At - LifeFacts.Read(world.Board().Facts)[^1].PowerAt;
            }

            (TimeSpan began, TimeSpan ready, DateTimeOffset guestBegan) = await TimesAsync(world, unit);
            TimeSpan readyToAck = toAck is null ? TimeSpan.Zero : world.Meter.Acknowledged[0].At - (guestBegan + ready);
            start = new Start((ready - began).TotalSeconds, Math.Max(0, readyToAck.TotalSeconds), toAck?.TotalSeconds ?? 0);
            await world.KillAgentAsync("measured");
        }

        Directory.Delete(folder, recursive: true);
        return start;
    }

    /// <summary>When the unit was started and ready, after the guest's kernel began, and when that was.</summary>
    private static async Task<(TimeSpan Began, TimeSpan Ready, DateTimeOffset Guest)> TimesAsync(World world, string unit)
    {
        (int code, string said) = await world.Shell().RunAsync(
            $"until systemctl -q is-active {unit}; do sleep 0.2; done; for p in ExecMainStart ActiveEnter; do systemctl show --value -p ${{p}}TimestampMonotonic {unit}; done; cut -d' ' -f1 /proc/uptime",
            TimeSpan.FromMinutes(3));
        DateTimeOffset now = Time.GetUtcNow();
        double[] numbers = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        return code == 0 && numbers.Length == 3
            ? (TimeSpan.FromMicroseconds(numbers[0]), TimeSpan.FromMicroseconds(numbers[1]), now - TimeSpan.FromSeconds(numbers[2]))
            : throw new IOException($"the guest does not say when {unit} was ready: {said}");
    }

    private static double Median(List<Start> starts, Func<Start, double> of) => starts.Select(of).Order().ElementAt(starts.Count / 2);

    private readonly record struct Start(double ToReady, double ReadyToAck, double PowerToAck);
}
