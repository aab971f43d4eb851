using System.Reflection;
using TaximeterAgent.Cli;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Control;

/// <summary>docs/control.md is a promise: every word that the socket can say stands there.</summary>
public sealed class DocumentTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "control.md"));

    [Fact]
    public void Every_phase_ending_and_operation_is_documented()
    {
        Assert.All(Enum.GetValues<TripPhase>(), phase => Assert.Contains($"`{Kebab.Of(phase)}`", s_page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Ending>(), ending => Assert.Contains($"`{Kebab.Of(ending)}`", s_page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<OperationKind>(), kind => Assert.Contains($"`{Kebab.Of(kind)}`", s_page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_exit_code_is_documented()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetValue(null)!).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Contains($"\n| {code} |", s_page, StringComparison.Ordinal));
    }
}
