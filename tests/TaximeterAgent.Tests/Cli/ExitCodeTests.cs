using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli;

public sealed class ExitCodeTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("config check")]
    public async Task A_wrong_configuration_ends_with_78_and_a_line_for_each_fault(string command)
    {
        _configuration.With("Car:Id", null).With("EPayment:MerchantSerialNumber", "\"12\"").With("Policy:ReserveAhed", "true");

        var (exitCode, output, error) = await AgentProcess.RunAsync([.. command.Split(' '), "--config", _configuration.File]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Empty(output);
        Assert.Equal(
            [
                $"Policy:ReserveAhed: found an unknown key in {_configuration.File} line 1; expected a known one; the nearest is Policy:ReserveAhead",
                "Car:Id: found nothing; expected 1 to 14 letters or digits, hyphens allowed but not counted, at most 30 characters in all",
                $"EPayment:MerchantSerialNumber: found \"12\" in {_configuration.File} line 1; expected 4 to 7 digits",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_process_reads_its_own_variables_and_credentials()
    {
        _configuration.With("EPayment:ClientSecret", null);
        var (exitCode, _, error) = await AgentProcess.RunAsync(
            ["config", "check", "--config", _configuration.File], new Dictionary<string, string> { ["TAXIMETER_Car__Brand"] = "" });
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("Car:Brand: found \"\" in TAXIMETER_Car__Brand; ", error, StringComparison.Ordinal);
        Assert.Contains("EPayment:ClientSecret: found nothing; ", error, StringComparison.Ordinal);

        _configuration.Credential("epayment-client-secret", "a-secret");
        var right = await AgentProcess.RunAsync(["config", "check", "--config", _configuration.File], _configuration.Environment);
        Assert.Equal((ExitCode.Ok, "ok\n", ""), right);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_fault_of_the_configuration()
    {
        var (exitCode, _, error) = await AgentProcess.RunAsync(["run", "--config", _configuration.File + ".none"]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.StartsWith($"{_configuration.File}.none: found no such file; ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_says_who_it_is_without_its_secrets_and_stops_cleanly_on_SIGTERM()
    {
        var outbox = Path.Combine(Path.GetDirectoryName(_configuration.File)!, "outbox");
        _configuration.With("Outbox:Directory", $"\"{outbox}\"").With("Control:Socket", $"\"{outbox}.sock\"");
        using var agent = AgentProcess.Start(["run", "--config", _configuration.File]);
        var banner = await agent.ErrorLineAsync();
        agent.Terminate();
        var (exitCode, output, error) = await agent.EndAsync();

        Assert.EndsWith(
            $" info     Banner: taximeter-agent {Banner.Version}: car NO-4711-T7, meter on /dev/ttyUSB0, payments by apitest.vipps.no for MSN 123456, "
                + $"outbox in {outbox}",
            banner, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ""), (exitCode, output));
        Assert.DoesNotContain("put-the", banner + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_assembly()
    {
        Assert.Equal((ExitCode.Ok, Banner.Version + "\n", ""), await AgentProcess.RunAsync(["--version"]));
        Assert.Matches(@"^\d+\.\d+\.\d+", Banner.Version);
    }

    [Fact]
    public async Task A_wrong_command_line_ends_with_64_from_the_process_too()
    {
        var (exitCode, output, error) = await AgentProcess.RunAsync(["drive"]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.Equal("taximeter-agent: unknown command or argument \"drive\"\ntaximeter-agent: --help lists the commands\n", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("config")]
    [InlineData("drive")]
    [InlineData("run now")]
    [InlineData("run --config")]
    [InlineData("run --config a --config b")]
    [InlineData("run --speed 9")]
    public async Task A_wrong_command_line_is_told_and_nothing_runs(string arguments)
    {
        var (exitCode, output, error) = await InvokeAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Invocation.MustNotRun);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("taximeter-agent: ", line, StringComparison.Ordinal));
        Assert.EndsWith("taximeter-agent: --help lists the commands\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_name_is_a_wrong_command_line()
    {
        var (exitCode, _, error) = await InvokeAsync(["config", "check", "--config", ""], Invocation.MustNotRun);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.StartsWith("taximeter-agent: --config needs the name of a file.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        var arguments = _configuration.File + ".arguments";
        await File.WriteAllTextAsync(arguments, $"config check --config {_configuration.File}");

        var (exitCode, output, _) = await InvokeAsync(["@" + arguments], Invocation.MustNotRun);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
    }

    [Fact]
    public async Task The_file_may_be_named_before_the_command_or_after_it()
    {
        Assert.Equal((ExitCode.Ok, "ok\n", ""), await InvokeAsync(["--config", _configuration.File, "config", "check"], Invocation.MustNotRun));
        Assert.Equal((ExitCode.Ok, "ok\n", ""), await InvokeAsync(["config", "--config", _configuration.File, "check"], Invocation.MustNotRun));
        Assert.Equal((ExitCode.Ok, "ok\n", ""), await InvokeAsync(["config", "check", "--config", _configuration.File], Invocation.MustNotRun));
    }

    [Fact]
    public async Task Run_hands_over_what_was_read_and_ends_as_the_agent_ends()
    {
        AgentOptions? seen = null;

        var (exitCode, _, _) = await InvokeAsync(["run", "--config", _configuration.File], (options, report, _, _) =>
        {
            seen = options;
            Assert.Same(options, report.Options);
            return Task.FromResult(ExitCode.InputOutput);
        });

        Assert.Equal((ExitCode.InputOutput, "NO-4711-T7"), (exitCode, seen?.Car.Id));
    }

    [Fact]
    public async Task Run_is_the_same_whichever_way_its_file_is_named_and_is_not_run_with_a_mistake_in_it()
    {
        foreach (var arguments in (string[][])[["run", "--config", _configuration.File], ["--config", _configuration.File, "run"], ["run", $"--config={_configuration.File}"]])
        {
            string? read = null;
            Assert.Equal(ExitCode.Ok, (await InvokeAsync(arguments, (_, report, _, _) => Task.FromResult((read = report.File) is null ? ExitCode.Software : ExitCode.Ok))).ExitCode);
            Assert.Equal(_configuration.File, read);
        }

        foreach (var mistaken in (string[][])[["run", "--config"], ["run", "--config", ""], ["run", _configuration.File]])
            Assert.Equal(ExitCode.Usage, (await InvokeAsync(mistaken, Invocation.MustNotRun)).ExitCode);
    }

    [Fact]
    public async Task A_mistake_in_the_program_ends_with_70_and_takes_no_secret_with_it()
    {
        var (exitCode, _, error) = await InvokeAsync(
            ["run", "--config", _configuration.File],
            (options, _, _, _) => throw new InvalidOperationException($"token for {options.EPayment.ClientSecret} is gone"));

        Assert.Equal(ExitCode.Software, exitCode);
        Assert.Contains("InvalidOperationException: token for (secret) is gone", error, StringComparison.Ordinal);
        Assert.DoesNotContain("put-the-client-secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_page_is_written_by_a_command_that_help_does_not_list()
    {
        Assert.Equal((ExitCode.Ok, ReferencePage.Write(), ""), await InvokeAsync(["config", "reference"], Invocation.MustNotRun));

        var (exitCode, help, _) = await InvokeAsync(["config", "--help"], Invocation.MustNotRun);
        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("check", help, StringComparison.Ordinal);
        Assert.DoesNotContain("reference", help, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> InvokeAsync(string[] arguments, RunAgent run)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.InvokeAsync(arguments, run, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
