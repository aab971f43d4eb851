using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Cli.Setup;

// Modes are those of Linux, as is all of the agent.
#pragma warning disable CA1416

/// <summary>A person sets a car up at a real terminal.</summary>
public sealed class SetupQuestionTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SetupBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Answers_become_a_configuration_that_the_agent_starts_with()
    {
        Assert.Equal(ExitCode.Ok, _bench.Ask(SetupBench.Answers!));

        var report = ConfigurationLoader.Load(_bench.Config, new Dictionary<string, string>());
        Assert.Empty(report.Faults);
        var options = report.Options!;
        Assert.Equal(new Uri("https://apitest.vipps.no"), options.EPayment.BaseUrl);
        Assert.Equal(("NO-4711-T7", "taxi", "/dev/taximeter-meter"), (options.Car.Id, options.Car.Prefix, options.Meter.Serial.Port));
        Assert.Equal((20, 4), (options.Driver.DisplayColumns, options.Driver.DisplayRows));
        Assert.Equal(SetupBench.ClientSecret, options.EPayment.ClientSecret);
    }

    [Fact]
    public void A_secret_is_neither_seen_while_it_is_typed_nor_in_the_configuration_and_only_its_owner_reads_it()
    {
        _bench.Ask(SetupBench.Answers!);

        Assert.DoesNotContain(SetupBench.ClientSecret, _bench.Screen + _bench.Output + _bench.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(SetupBench.SubscriptionKey, _bench.Screen + _bench.Output + _bench.Error, StringComparison.Ordinal);
        Assert.Contains("NO-4711-T7", _bench.Screen, StringComparison.Ordinal); // what is no secret is echoed
        Assert.DoesNotContain("ecret", File.ReadAllText(_bench.Config), StringComparison.Ordinal);
        var files = Directory.GetFiles(_bench.Credentials);
        Assert.Equal(["epayment-client-id", "epayment-client-secret", "epayment-subscription-key"], files.Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(Private, File.GetUnixFileMode(file)));
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(_bench.Credentials));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(_bench.Config) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
    }

    [Fact]
    public void A_second_run_with_nothing_but_Enter_changes_nothing()
    {
        _bench.Ask(SetupBench.Answers!);
        var before = _bench.Everything();

        Assert.Equal(ExitCode.Ok, _bench.Ask(SetupBench.Enters!));

        Assert.Equal(before, _bench.Everything());
        Assert.Contains("Client secret [set]", _bench.Screen, StringComparison.Ordinal);
        Assert.Contains("[NO-4711-T7]", _bench.Screen, StringComparison.Ordinal);
        Assert.Contains("[test]", _bench.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_answer_is_told_by_its_name_and_asked_again()
    {
        var answers = SetupBench.Answers.ToList();
        answers.Insert(1, ("MSN", "12"));
        answers.Insert(4, ("Client secret", "äö"));

        Assert.Equal(ExitCode.Ok, _bench.Ask(answers!));

        Assert.Contains("EPayment:MerchantSerialNumber: found \"12\"; expected 4 to 7 digits", _bench.Screen, StringComparison.Ordinal);
        Assert.Contains("EPayment:ClientSecret: found a value that is not shown; expected", _bench.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("äö", _bench.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_do_not_go_together_are_asked_for_again()
    {
        var answers = SetupBench.Answers.ToList();
        var at = answers.FindIndex(one => one.Question == "Display:");
        answers[at] = ("Display:", "pcf8574");
        answers[at + 1] = ("display's device", "/dev/i2c-1");
        answers.Insert(at + 2, ("address", ""));
        answers.Insert(at + 5, ("at most 20, because", "")); // 40 characters and 4 lines: asked again; Enter keeps what is wrong
        answers[at + 3] = ("characters in a line", "40");
        answers.Insert(at + 6, ("characters in a line", "20"));

        Assert.Equal(ExitCode.Ok, _bench.Ask(answers!));

        Assert.Equal(20, _bench.Written["Driver"]!["DisplayColumns"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(20)]
    public void Ctrl_C_at_any_question_leaves_everything_as_it_was(int at)
    {
        _bench.Ask(SetupBench.Answers!);
        var before = _bench.Everything();
        var answers = SetupBench.Answers.Select(one => (one.Question.TrimEnd(' ', ':'), (string?)one.Answer)).ToList();
        answers[5] = ("The car's number", "NO-9999");

        Assert.Equal(ExitCode.Interrupted, _bench.Ask([.. answers.Take(at), (answers[at].Item1, null)]));

        Assert.Equal(before, _bench.Everything());
    }

    [Fact]
    public void Who_says_no_at_the_end_changes_nothing()
    {
        Assert.Equal(ExitCode.Declined, _bench.Ask([.. SetupBench.Answers.SkipLast(1)!, ("Write this?", "n")]));

        Assert.Empty(_bench.Everything());
    }

    [Fact]
    public void Keys_that_nobody_asks_for_stay_and_the_old_file_is_kept_for_its_owner_alone()
    {
        _bench.Ask(SetupBench.Answers!);
        var old = _bench.Written;
        old["Policy"] = new System.Text.Json.Nodes.JsonObject { ["OfflineMaxCount"] = 3 };
        File.WriteAllText(_bench.Config, old.ToJsonString());

        var answers = SetupBench.Enters.ToList();
        answers[5] = ("The car's number", "NO-9999");
        Assert.Equal(ExitCode.Ok, _bench.Ask([.. answers!, ("Write this?", "y")]));

        Assert.Equal(3, _bench.Written["Policy"]!["OfflineMaxCount"]!.GetValue<int>());
        Assert.Equal("NO-9999", _bench.Written["Car"]!["Id"]!.GetValue<string>());
        var backup = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_bench.Config)!), file => Path.GetFileName(file).StartsWith("config.json.2", StringComparison.Ordinal));
        Assert.Equal(old.ToJsonString(), File.ReadAllText(backup));
        Assert.Equal(Private, File.GetUnixFileMode(backup));
    }

    [Fact]
    public void A_secret_in_the_old_file_becomes_a_credential()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_bench.Config)!);
        File.WriteAllText(_bench.Config, ReferencePage.SmallestFile);
        File.SetUnixFileMode(_bench.Config, Private);

        Assert.Equal(ExitCode.Ok, _bench.Ask([.. SetupBench.Enters!, ("Write this?", "y")]));

        Assert.DoesNotContain("Client", File.ReadAllText(_bench.Config), StringComparison.Ordinal);
        Assert.Equal("put-the-client-secret-here", File.ReadAllText(Path.Combine(_bench.Credentials, "epayment-client-secret")));
    }

    [Fact]
    public void A_fault_that_no_question_mends_is_told_before_anything_is_asked()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_bench.Config)!);
        File.WriteAllText(_bench.Config, """{ "Polcy": { "OfflineMaxCount": 3 } }""");

        Assert.Equal(ExitCode.Configuration, _bench.Ask([]));

        Assert.Contains("Polcy: found an unknown key", _bench.Error, StringComparison.Ordinal);
        Assert.Equal("", _bench.Screen);
    }
}
