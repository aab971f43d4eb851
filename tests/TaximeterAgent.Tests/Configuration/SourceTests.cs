using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Configuration;

public sealed class SourceTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void A_variable_wins_over_the_file_and_a_credential_over_both()
    {
        _configuration.Variable("TAXIMETER_Car__Id", "NO-1").Variable("TAXIMETER_EPayment__ClientId", "from-the-variable");
        Assert.Equal(("NO-1", "from-the-variable"), (_configuration.Options().Car.Id, _configuration.Options().EPayment.ClientId));

        _configuration.Credential("epayment-client-id", "from-the-credential");
        Assert.Equal("from-the-credential", _configuration.Options().EPayment.ClientId);
    }

    [Fact]
    public void Every_value_knows_where_it_came_from()
    {
        var report = _configuration.Variable("TAXIMETER_Meter__Serial__BaudRate", "9600").Credential("epayment-client-secret", "very-secret").Load();

        Assert.Equal(Keys.All.AsEnumerable(), report.Entries.Select(entry => entry.Key));
        Assert.Equal(("NO-4711-T7", new ConfigurationSource(SourceKind.File, _configuration.File, 2)), Entry(report, "Car:Id"));
        Assert.Equal(("9600", new ConfigurationSource(SourceKind.Environment, "TAXIMETER_Meter__Serial__BaudRate")), Entry(report, "Meter:Serial:BaudRate"));
        Assert.Equal(("nb", ConfigurationSource.Default), Entry(report, "Car:Language"));
        Assert.Equal((null, ConfigurationSource.Default), Entry(report, "Webhooks:Secret"));
        var (text, source) = Entry(report, "EPayment:ClientSecret");
        Assert.Equal((ConfigurationReport.Masked, SourceKind.Credential), (text, source.Kind));
    }

    [Fact]
    public void A_variable_has_no_type_but_is_held_to_the_same_range()
    {
        _configuration.Variable("TAXIMETER_Policy__OfflineMaxCount", "3").Variable("TAXIMETER_Policy__ReserveAhead", "false");
        Assert.Equal((3, false), (_configuration.Options().Policy.OfflineMaxCount, _configuration.Options().Policy.ReserveAhead));

        Assert.Equal(
            "Policy:OfflineMaxCount: found \"many\" in TAXIMETER_Policy__OfflineMaxCount; expected a whole number from 0 to 1000",
            _configuration.Variable("TAXIMETER_Policy__OfflineMaxCount", "many").OneFault());
    }

    [Fact]
    public void A_variable_mends_a_value_that_is_wrong_in_the_file()
    {
        _configuration.With("Car:Prefix", "\"9taxi\"").Variable("TAXIMETER_Car__Prefix", "taxi9");

        Assert.Equal("taxi9", _configuration.Options().Car.Prefix);
    }

    [Theory]
    [InlineData("TAXIMETER_Car__Ident", "TAXIMETER_Car__Id")]
    [InlineData("TAXIMETER_CAR__ID", "TAXIMETER_Car__Id")]
    [InlineData("TAXIMETER_Meter__Serial_Port", "TAXIMETER_Meter__Serial__Port")]
    public void An_unknown_variable_is_a_fault_that_names_the_nearest(string variable, string nearest)
    {
        Assert.Equal(
            $"{variable}: found an unknown variable; expected a known one; the nearest is {nearest}",
            _configuration.Variable(variable, "a-value").OneFault());
    }

    [Fact]
    public void Variables_of_others_do_not_matter() => _configuration.Variable("TAXI_Car__Id", "x").Variable("PATH", "/bin").Options();

    [Fact]
    public void A_credential_loses_its_last_line_break_and_nothing_else()
    {
        Assert.Equal("with-a-break", _configuration.Credential("epayment-client-id", "with-a-break\r\n").Options().EPayment.ClientId);

        var fault = _configuration.Credential("epayment-client-id", "two\nlines").OneFault();
        Assert.StartsWith("EPayment:ClientId: found a value that is not shown in ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_too_large_for_a_secret_cannot_be_read()
    {
        var fault = _configuration.Credential("epayment-client-id", new string('x', 5000)).OneFault();

        Assert.Matches("^EPayment:ClientId: found the credential .*, which cannot be read; expected ", fault);
        Assert.DoesNotContain("xxxx", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_may_all_be_credentials_and_the_file_readable_by_all()
    {
        foreach (var key in new[] { "ClientId", "ClientSecret", "SubscriptionKey" })
            _configuration.With($"EPayment:{key}", null);
        _configuration.Mode((UnixFileMode)Convert.ToInt32("644", 8));
        _configuration.Credential("epayment-client-id", "one-one")
            .Credential("epayment-client-secret", "two-two")
            .Credential("epayment-subscription-key", "three");

        var report = _configuration.Load();

        Assert.Empty(report.Faults);
        Assert.Equal(["one-one", "two-two", "three"], report.Secrets.AsEnumerable());
    }

    [Fact]
    public void Options_and_entries_print_without_their_secrets()
    {
        var report = _configuration.Credential("webhooks-secret", "secret-of-webhooks").With("Webhooks:Listen", "\"http://127.0.0.1:8443\"").Load();

        Assert.Equal(4, report.Secrets.Length);
        var printed = report.Options + string.Concat(report.Entries.Select(entry => entry.Text));
        Assert.Contains("apitest.vipps.no", printed, StringComparison.Ordinal);
        Assert.All(report.Secrets, secret => Assert.DoesNotContain(secret, printed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("640")]
    [InlineData("604")]
    [InlineData("620")]
    [InlineData("610")]
    public void A_file_with_a_secret_that_others_may_open_is_a_fault_that_says_chmod_600(string mode)
    {
        var fault = _configuration.Mode((UnixFileMode)Convert.ToInt32(mode, 8)).OneFault();

        Assert.StartsWith(
            $"{_configuration.File}: found mode 0{mode} on a file that holds EPayment:ClientId, EPayment:ClientSecret, EPayment:SubscriptionKey; expected 0600",
            fault, StringComparison.Ordinal);
        Assert.Contains("chmod 600", fault, StringComparison.Ordinal);
    }

    private static (string? Text, ConfigurationSource Source) Entry(ConfigurationReport report, string key)
    {
        var entry = report.Entries.Single(e => e.Key.Name == key);
        return (entry.Text, entry.Source);
    }
}
