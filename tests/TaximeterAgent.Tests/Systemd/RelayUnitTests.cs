namespace TaximeterAgent.Tests.Systemd;

/// <summary>The relay's unit, as the agent's own: what is asked of it, and what the installed systemd says of it.</summary>
public sealed class RelayUnitTests : IDisposable
{
    private const double MostExposure = 2.0;

    private readonly UnitFile _unit = UnitFile.Read("taximeter-relay");

    public void Dispose() => _unit.Dispose();

    [Fact]
    public void Systemd_finds_nothing_wrong_with_it()
    {
        var (code, lines) = _unit.Verify();
        Assert.Equal(0, code);
        Assert.DoesNotContain(lines, line => line.Contains("taximeter-relay.service", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Restart=always", "Restart=allways")]
    [InlineData("[Service]", "[Service]\nProtectSytem=strict")]
    public void A_slip_in_it_is_found(string from, string to)
    {
        using var wrong = _unit.With(from, to);
        Assert.Contains(wrong.Verify().Lines, line => line.Contains("taximeter-relay.service", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_exposure_is_low() => Assert.InRange(_unit.Exposure(), 0, MostExposure);

    [Fact]
    public void Without_its_locks_it_would_be_found()
    {
        using var noSystem = _unit.Without("ProtectSystem");
        using var noCapabilities = noSystem.Without("CapabilityBoundingSet");
        using var open = noCapabilities.Without("SystemCallFilter");
        Assert.True(open.Exposure() > MostExposure);
    }

    [Theory]
    [InlineData("User", "taximeter-relay")]
    [InlineData("Restart", "always")]
    [InlineData("RestartPreventExitStatus", "78")]
    [InlineData("StateDirectory", "taximeter-relay")]
    [InlineData("StateDirectoryMode", "0700")]
    [InlineData("UMask", "0077")]
    [InlineData("LimitCORE", "0")]
    [InlineData("ProtectSystem", "strict")]
    [InlineData("PrivateDevices", "yes")]
    public void What_is_asked_of_it(string key, string value) => Assert.Equal([value], _unit.Values(key));

    [Fact]
    public void Its_secrets_are_credentials_and_one_that_is_missing_does_not_keep_it_from_saying_so()
    {
        string[] names = ["Broker__Password", "Database__ConnectionString"];
        Assert.Equal(names.Select(name => $"{name}:/etc/taximeter-relay/credentials/{name}"), _unit.Values("LoadCredential"));
        Assert.Equal(names.Select(name => $"{name}:\\n"), _unit.Values("SetCredential"));
    }
}
