using TaximeterAgent.Diagnostics.Network;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Diagnostics.Network;

/// <summary>Link, address and route, from files as the kernel writes them.</summary>
public sealed class KernelFilesTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public async Task A_board_that_is_connected_has_link_address_and_route()
    {
        using var kernel = TestKernel.Well();
        Assert.Equal((StepState.Ok, "eth0 off, wwan0 up"), await LookAsync(new LinkStep(), kernel));
        Assert.Equal((StepState.Ok, "10.64.12.7"), await LookAsync(new AddressStep(), kernel));
        Assert.Equal((StepState.Ok, "by wwan0 (IPv4)"), await LookAsync(new RouteStep(), kernel));
        Assert.Equal(["10.64.0.1"], kernel.Files.NameServers());
    }

    [Fact]
    public async Task A_cable_that_is_pulled_is_a_broken_link()
    {
        using var kernel = new TestKernel().Interface("lo", "0x9", "unknown", "1").Interface("eth0", "0x1003", "down", "0");
        Assert.Equal((StepState.Broken, "eth0 without link"), await LookAsync(new LinkStep(), kernel));
    }

    [Fact]
    public async Task A_board_without_any_interface_has_no_modem()
    {
        using var kernel = new TestKernel().Interface("lo", "0x9", "unknown", "1");
        Assert.Equal((StepState.Broken, "no interface"), await LookAsync(new LinkStep(), kernel));
        using var nothing = new TestKernel();
        Assert.Equal((StepState.Broken, "no interface"), await LookAsync(new LinkStep(), nothing));
    }

    [Fact]
    public async Task An_address_that_is_good_for_one_link_only_is_none()
    {
        using var kernel = new TestKernel().Addresses("169.254.3.4").Addresses6("fe800000000000000000000000000001 02 40 20 80 eth0\n00000000000000000000000000000001 01 80 10 80 lo\n");
        Assert.Equal(StepState.Broken, (await LookAsync(new AddressStep(), kernel)).State);
        kernel.Addresses6("20010db8000000000000000000000007 02 40 00 80 wwan0\n");
        Assert.Equal((StepState.Ok, "2001:db8::7"), await LookAsync(new AddressStep(), kernel));
    }

    [Fact]
    public async Task A_route_that_leads_nowhere_is_none()
    {
        const string none = "00000000000000000000000000000000 00 00000000000000000000000000000000 00 ";
        using var kernel = new TestKernel().Route("eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0").Route6(none + "00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n");
        Assert.Equal(StepState.Broken, (await LookAsync(new RouteStep(), kernel)).State);
        kernel.Route6(none + "fd000000000000000000000000000001 00000400 00000002 00000000 00000003     eth0\n");
        Assert.Equal((StepState.Ok, "by eth0 (IPv6)"), await LookAsync(new RouteStep(), kernel));
    }

    [Fact]
    public void The_files_of_this_machine_can_be_read()
    {
        var kernel = new KernelFiles("/");
        Assert.DoesNotContain(kernel.Interfaces(), one => one.Name == "lo");
        Assert.All(kernel.Addresses(), address => Assert.False(System.Net.IPAddress.IsLoopback(address)));
    }

    private async Task<(StepState State, string Text)> LookAsync(NetworkStep step, TestKernel kernel)
    {
        using var route = new NetworkRoute(_configuration.Options(), TimeSpan.FromSeconds(5), TimeProvider.System) { Kernel = kernel.Files };
        var result = await step.RunAsync(route, CancellationToken.None);
        Assert.Equal(result.State == StepState.Broken, result.Cause is not null && result.Cure is not null);
        return (result.State, result.Text);
    }
}
