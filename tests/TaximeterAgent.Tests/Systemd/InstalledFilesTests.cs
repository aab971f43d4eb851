using System.Text.RegularExpressions;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Systemd;

/// <summary>The files beside the unit. The installed systemd has no check of its own for most of them, so their form is held here.</summary>
public sealed partial class InstalledFilesTests
{
    private const string Rules = "udev/rules.d/71-taximeter-agent.rules";

    private static readonly string[] s_keys =
    [
        "ACTION", "SUBSYSTEM", "KERNEL", "DRIVERS", "ENV", "SYMLINK", "GROUP", "MODE", "OPTIONS", "GOTO", "LABEL",
    ];

    [Fact]
    public void Each_rule_is_a_list_of_matches_and_assignments()
    {
        foreach (var line in RuleLines(UnitFile.Of(Rules)))
            Assert.True(Faults(line) is null, $"{Faults(line)}: {line}");
    }

    [Theory]
    [InlineData("SUBSYSTEM=\"tty\", GROUP=\"dialout\"")] // assigns what can only be matched
    [InlineData("SUBSYSTEM==\"tty\" GROUP=\"dialout\"")]
    [InlineData("SUBSYSTEM==\"tty\", GRUOP=\"dialout\"")]
    [InlineData("SUBSYSTEM==\"tty, GROUP=\"dialout\"")]
    [InlineData("SUBSYSTEM==\"tty\",")]
    public void A_slip_in_a_rule_is_found(string line) => Assert.NotNull(Faults(line));

    [Fact]
    public void Each_jump_has_its_label_further_down()
    {
        var lines = RuleLines(UnitFile.Of(Rules)).ToList();
        foreach (var (line, at) in lines.Select((line, at) => (line, at)))
        {
            foreach (Match jump in Jump().Matches(line))
                Assert.True(lines.FindIndex(later => later == $"LABEL=\"{jump.Groups[1].Value}\"") > at, line);
        }
    }

    [Fact]
    public void The_names_are_those_that_the_configuration_has_and_the_documents_speak_of()
    {
        var rules = UnitFile.Of(Rules);
        Assert.Contains($"SYMLINK+=\"{Keys.KeypadDevice.Default!["/dev/".Length..]}\"", rules, StringComparison.Ordinal);
        Assert.Contains("SYMLINK+=\"taximeter-meter\"", rules, StringComparison.Ordinal);
        Assert.Contains("SYMLINK+=\"taximeter-display\"", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_named_as_a_line_is_kept_from_ModemManager()
    {
        foreach (var line in RuleLines(UnitFile.Of(Rules)).Where(line => SerialName().IsMatch(line)))
            Assert.Contains("ENV{ID_MM_DEVICE_IGNORE}=\"1\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_is_in_every_group_that_a_device_is_given_to()
    {
        var lines = UnitFile.Of("sysusers.d/taximeter-agent.conf").Split('\n');
        Assert.Contains(lines, line => line.StartsWith("u taximeter-agent - ", StringComparison.Ordinal));
        var given = GivenTo().Matches(string.Join('\n', RuleLines(UnitFile.Of(Rules)))).Select(match => match.Groups[1].Value).Distinct().Where(group => group != "taximeter-agent").ToList();
        Assert.Equal(["dialout", "gpio", "i2c", "input"], given.Order(StringComparer.Ordinal));
        // USB printers are given to lp by systemd's own rules.
        foreach (var group in given.Append("lp"))
        {
            Assert.Contains($"g {group} - -", lines);
            Assert.Contains($"m taximeter-agent {group}", lines);
        }
    }

    [Fact]
    public void The_keys_are_in_a_directory_of_roots_alone() =>
        Assert.Contains("d /etc/taximeter-agent/credentials 0700 root root -", UnitFile.Of("tmpfiles.d/taximeter-agent.conf").Split('\n'));

    [Fact]
    public void The_driver_of_the_I2C_devices_is_loaded() => Assert.Contains("i2c-dev", UnitFile.Of("modules-load.d/taximeter-agent.conf").Split('\n'));

    [Fact]
    public void The_journal_is_kept_and_is_bounded()
    {
        var lines = UnitFile.Of("journald.conf.d/taximeter-agent.conf").Split('\n');
        Assert.Contains("Storage=persistent", lines);
        Assert.Contains(lines, line => line.StartsWith("SystemMaxUse=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("SystemKeepFree=", StringComparison.Ordinal));
    }

    private static IEnumerable<string> RuleLines(string text) => text.Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    // What is wrong with a line, or null. ACTION to DRIVERS are matched, the rest is assigned; ENV is either.
    private static string? Faults(string line)
    {
        if (!WholeLine().IsMatch(line))
            return "not a list of KEY op \"value\"";
        foreach (Match part in Part().Matches(line))
        {
            var (key, op) = (part.Groups[1].Value, part.Groups[2].Value);
            if (!s_keys.Contains(key))
                return $"no such key {key}";
            var matches = op is "==" or "!=";
            if (key is "ACTION" or "SUBSYSTEM" or "KERNEL" or "DRIVERS" && !matches)
                return $"{key} can only be matched";
            if (key is "SYMLINK" or "GROUP" or "MODE" or "OPTIONS" or "GOTO" or "LABEL" && matches)
                return $"{key} is assigned";
        }

        return null;
    }

    [GeneratedRegex("""^[A-Z]+(\{[A-Z_]+\})?(==|!=|\+=|=)"[^"]*"(, [A-Z]+(\{[A-Z_]+\})?(==|!=|\+=|=)"[^"]*")*$""")]
    private static partial Regex WholeLine();

    [GeneratedRegex("""([A-Z]+)(?:\{[A-Z_]+\})?(==|!=|\+=|=)"[^"]*"(?:, |$)""")]
    private static partial Regex Part();

    [GeneratedRegex("""GOTO="([^"]+)""")]
    private static partial Regex Jump();

    [GeneratedRegex("""GROUP="([^"]+)""")]
    private static partial Regex GivenTo();

    [GeneratedRegex("""SYMLINK\+="taximeter-""")]
    private static partial Regex SerialName();
}
