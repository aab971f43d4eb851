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

    [Fact]
    public void A_printer_of_our_own_is_asked_for_its_port_and_what_it_prints()
    {
        Assert.Equal(ExitCode.Ok, _bench.Ask(WithPrinter(("own and the agent sits in the line", ""))));

        var printer = Configured().Printer;
        Assert.Equal((PrinterKind.EscPos, "/dev/usb/lp0", "", 48, ReceiptPrinting.OnRequest), (printer.Kind, printer.Port, printer.MeterPort, printer.Columns, printer.Receipt));
    }

    [Fact]
    public void A_meters_own_printer_needs_a_bypass_and_who_has_none_can_say_so_again()
    {
        var answers = WithPrinter(("own and the agent sits in the line", "/dev/ttyUSB7"), ("What connects meter and printer", ""));
        answers.InsertRange(answers.Count - 1, [("own and the agent sits in the line", "-")]);

        Assert.Equal(ExitCode.Ok, _bench.Ask(answers));

        Assert.Contains("Printer:Bypass: found", _bench.Screen, StringComparison.Ordinal);
        Assert.Equal("", Configured().Printer.MeterPort);
        Assert.Null(_bench.Written["Printer"]!["Bypass"]);
    }

    [Fact]
    public void A_meter_that_is_heard_on_its_printers_line_is_asked_for_no_other_and_one_that_was_there_goes()
    {
        Assert.Equal(ExitCode.Ok, _bench.Ask(SetupBench.Answers!));
        var answers = SetupBench.Enters.Select(one => (one.Question, (string?)one.Answer)).ToList();
        var at = answers.FindIndex(one => one.Question == "How the meter is heard");
        answers[at] = ("How the meter is heard", "receipt-printer");
        var printer = answers.FindIndex(one => one.Question == "Printer for the customer");
        answers.RemoveRange(printer, answers.FindIndex(one => one.Question == "own name") - printer + 1);
        answers.InsertRange(printer,
        [
            ("Printer for the customer", "escpos"), ("The printer's port", "/dev/ttyUSB8"), ("own and the agent sits in the line", "/dev/ttyUSB7"), ("What connects meter and printer", "dtr"),
            ("printer's speed", ""), ("line of its paper", ""), ("Receipts on paper", ""), ("own name", "NO-4711"), ("How it prints", "narrow-nb"), ("VAT within a fare", "1200"),
        ]);

        Assert.Equal(ExitCode.Ok, _bench.Ask([.. answers, ("Write this?", "y")]));

        var options = Configured();
        Assert.Equal(("/dev/ttyUSB7", MeterSource.ReceiptPrinter), (options.Printer.MeterPort, options.Meter.Source));
        Assert.Equal("dtr", _bench.Written["Printer"]!["Bypass"]!.GetValue<string>());
        Assert.Null(_bench.Written["Meter"]!["Serial"]?["Port"]);

        // And back: a car without a printer has nothing of the line.
        answers = [.. answers.Select(one => (one.Item1, (string?)""))];
        answers[at] = ("How the meter is heard", "tfp1");
        answers.RemoveRange(printer + 1, 6);
        answers[printer] = ("Printer for the customer", "none");
        answers.InsertRange(printer + 1, [("The meter's serial line", "/dev/taximeter-meter"), ("Its speed", ""), ("Its parity", "")]);
        answers.RemoveAll(one => one.Item1 is "How it prints" or "VAT within a fare");
        Assert.Equal(ExitCode.Ok, _bench.Ask([.. answers, ("Write this?", "y")]));
        Assert.Equal((PrinterKind.None, "/dev/taximeter-meter"), (Configured().Printer.Kind, Configured().Meter.Serial.Port));
        Assert.Null(_bench.Written["Printer"]!["MeterPort"]);
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

    private AgentOptions Configured() => ConfigurationLoader.Load(_bench.Config, new Dictionary<string, string>()).Options!;

    // Of the questions for a printer only those for the line between it and the meter differ.
    private static List<(string Question, string? Answer)> WithPrinter(params (string, string?)[] line)
    {
        var answers = SetupBench.Answers.Select(one => (one.Question, (string?)one.Answer)).ToList();
        var at = answers.FindIndex(one => one.Question == "Printer for the customer");
        answers[at] = ("Printer for the customer", "escpos");
        answers.InsertRange(at + 1, [("The printer's port", "/dev/usb/lp0"), .. line, ("printer's speed", ""), ("line of its paper", "48"), ("Receipts on paper", "on-request")]);
        return answers;
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
