using System.Text;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Masking;

namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>
/// No secret comes out of the agent, on no way and in no form, and no phone number where a person reads. What was given to it is searched for in all that came out of two real cars.
/// </summary>
public sealed class OutputChannelTests(PlantedCars cars) : IClassFixture<PlantedCars>
{
    /// <summary>Each way out, and a word that shows that it was listened to while it had something to say. <c>TRIP</c> is the number of the trip that was paid.</summary>
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["log"] = "Control socket at ",
        ["journal"] = "no answer from ",
        ["meter"] = "PAID|",
        ["watch"] = "TRIP",
        ["endpoint"] = "TRIP",
        ["metrics"] = "# HELP ",
        ["command"] = "TRIP",
        ["terminal"] = "TRIP",
        ["telemetry"] = "create",
        ["display"] = "Refund",
        ["paper"] = "Simulated Taxis AS",
        ["process"] = "--config",
        ["bundle"] = "TRIP",
        ["database"] = "TRIP",
        ["file names"] = "outbox.db",
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_that_was_planted_comes_out(string kind)
    {
        var leaks = cars.Channels.Where(channel => channel.Kind == kind).SelectMany(channel => cars.Planted.In(channel).Select(what => $"{channel.Name}: {what}")).Distinct().ToList();
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Take(40)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_way_was_listened_to(string kind)
    {
        var word = s_kinds[kind].Replace("TRIP", cars.Trip, StringComparison.Ordinal);
        Assert.Contains(cars.Channels.Where(channel => channel.Kind == kind), channel => Encoding.UTF8.GetString(channel.Content).Contains(word, StringComparison.Ordinal));
    }

    /// <summary>A leak in any form, on any way, in any of the places that were listened to.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_leak_there_would_be_found(string kind)
    {
        foreach (var channel in cars.Channels.Where(channel => channel.Kind == kind).DistinctBy(channel => channel.Name))
        {
            foreach (var (what, secret) in cars.Planted.Secrets)
                Assert.All(Planted.Forms(secret), form => Assert.Contains(what, cars.Planted.In(With(channel, form))));
            foreach (var (what, number) in cars.Planted.Numbers.Where(number => !channel.May.Contains(number.Value)))
                Assert.All(PlantedNumbers.Of(number), form => Assert.Contains(what, cars.Planted.In(With(channel, form))));
        }
    }

    [Fact]
    public void Nothing_is_left_out_of_what_there_is()
    {
        Assert.Equal(s_kinds.Keys.Order(StringComparer.Ordinal), cars.Channels.Select(channel => channel.Kind).Distinct().Order(StringComparer.Ordinal));
        var commands = cars.Channels.Where(channel => channel.Kind is "command" or "journal").Select(channel => channel.Name).ToList();
        Assert.All(CommandSamples.All.Where(one => one.Path != "run"), one => Assert.Contains(commands, name => name.StartsWith($"taximeter-agent {one.Path} ", StringComparison.Ordinal)));
        Assert.All(
            CommandOutput.All, one => Assert.Contains(commands, name => name.StartsWith($"taximeter-agent {one.Command} ", StringComparison.Ordinal) && name.Contains(" --json ", StringComparison.Ordinal)));
        var paths = cars.Channels.Where(channel => channel.Kind is "endpoint" or "metrics" or "watch").Select(channel => channel.Name).ToList();
        Assert.All(EndpointTable.All, endpoint => Assert.Contains(paths, name => name.Contains(endpoint.Path, StringComparison.Ordinal)));
        // The keys of every kind, tokens of both services among them.
        Assert.True(cars.Planted.Secrets.Count >= 12 && cars.Planted.Numbers.Count >= 9);
        Assert.Contains(cars.Planted.Secrets.Keys, what => what.StartsWith("token ", StringComparison.Ordinal));
    }

    private static Channel With(Channel channel, string leak) => channel with { Content = [.. Encoding.UTF8.GetBytes("x "), .. Encoding.UTF8.GetBytes(leak), .. Encoding.UTF8.GetBytes(" x")] };
}
