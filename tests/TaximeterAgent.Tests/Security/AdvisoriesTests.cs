using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Support;
using AgentProcess = TaximeterAgent.Tests.Cli.AgentProcess;

namespace TaximeterAgent.Tests.Security;

/// <summary>CI's look at advisories: a source without the data is no pass, and a hit is a failure. Source and NuGet are the test's.</summary>
public sealed class AdvisoriesTests : IDisposable
{
    private const string Offers = """{"resources":[{"@type":"PackageBaseAddress/3.0.0"},{"@type":"VulnerabilityInfo/6.7.0"}]}""";

    private const string OffersNot = """{"resources":[{"@type":"PackageBaseAddress/3.0.0"}]}""";

    private const string Clean = """{"projects":[{"path":"/x/A.csproj"}]}""";

    private const string Hit = """
        {"projects":[{"path":"/x/A.csproj","frameworks":[{"framework":"net10.0","transitivePackages":[{"id":"Bad.Package","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"High","advisoryurl":"https://example.test/GHSA-1"}]}]}]}]}
        """;

    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(OffersNot, Clean, 77, "NOT CHECKED")]
    [InlineData(OffersNot, Hit, 77, "offers no VulnerabilityInfo")]
    [InlineData("", Clean, 77, "does not answer")]
    [InlineData("<html>", Clean, 77, "NOT CHECKED")]
    [InlineData(Offers, Clean, 0, "asked, nothing known")]
    [InlineData(Offers, Hit, 1, "Bad.Package 1.0.0: High https://example.test/GHSA-1 (A.csproj)")]
    [InlineData(Offers, "no JSON", 1, "the answer is none")]
    public async Task A_source_is_asked_only_where_it_knows_and_what_it_knows_fails(string index, string answer, int expected, string said)
    {
        File.WriteAllText(_files.Path("index"), index);
        File.WriteAllText(_files.Path("answer"), answer);
        Program("dotnet", $"if [ \"$1\" = nuget ]; then echo 'E https://source.test/index.json'; echo 'D https://other.test/index.json'; else cat {_files.Path("answer")}; fi");
        Program("curl", index.Length == 0 ? "exit 7" : $"cat {_files.Path("index")}");

        using var run = AgentProcess.StartCommand(
            Path.Combine(Repository.Root, ".ci", "advisories.sh"), [], new Dictionary<string, string> { ["PATH"] = $"{_files.Path("")}:{Environment.GetEnvironmentVariable("PATH")}" });
        var (code, output, error) = await run.EndAsync();

        Assert.True(code == expected, output + error);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.DoesNotContain("other.test", output, StringComparison.Ordinal);
    }

    private void Program(string name, string does)
    {
        File.WriteAllText(_files.Path(name), $"#!/bin/sh\n{does}\n");
        File.SetUnixFileMode(_files.Path(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
