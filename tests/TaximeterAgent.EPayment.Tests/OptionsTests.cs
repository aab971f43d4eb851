using System.Net;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>Configuration is checked by name, and shows no secret.</summary>
public sealed class OptionsTests
{
    private static EPaymentOptions Good => Rig.Options(new Uri("https://apitest.vipps.no"));

    public static TheoryData<string, object> Bad => new()
    {
        { "BaseUrl", Change(o => o.BaseUrl = null) },
        { "BaseUrl", Change(o => o.BaseUrl = new Uri("http://api.vipps.no")) },
        { "BaseUrl", Change(o => o.BaseUrl = new Uri("https://user:hunter2@api.vipps.no")) },
        { "BaseUrl", Change(o => o.BaseUrl = new Uri("https://api.vipps.no/?x=1")) },
        { "BaseUrl", Change(o => o.BaseUrl = new Uri("/relative", UriKind.Relative)) },
        { "MerchantSerialNumber", Change(o => o.MerchantSerialNumber = "12") },
        { "MerchantSerialNumber", Change(o => o.MerchantSerialNumber = "12345x") },
        { "ClientId", Change(o => o.ClientId = "") },
        { "ClientSecret", Change(o => o.ClientSecret = "hunter2 \r\nX: y") },
        { "SubscriptionKey", Change(o => o.SubscriptionKey = "hunter2ø") },
        { "ConnectTimeout", Change(o => o.ConnectTimeout = TimeSpan.FromMilliseconds(49)) },
        { "TryTimeout", Change(o => o.TryTimeout = TimeSpan.FromMinutes(3)) },
        { "Proxy", Change(o => o.Proxy = new Uri("http://user:hunter2@proxy")) },
        { "SystemName", Change(o => o.SystemName = new string('s', 31)) },
        { "SystemVersion", Change(o => o.SystemVersion = "") },
        { "PluginName", Change(o => o.PluginName = " x") },
        { "PluginVersion", Change(o => o.PluginVersion = "1\n2") },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_fault_is_named_in_one_line_and_shows_no_secret(string name, object options)
    {
        var fault = Assert.Single(((EPaymentOptions)options).FindFaults());
        Assert.Equal(name, fault.Name);
        Assert.DoesNotContain('\n', fault.ToString());
        using var handler = new SocketsHttpHandler();
        var error = Assert.Throws<ArgumentException>(() => new EPaymentConnection((EPaymentOptions)options, handler, TimeProvider.System));
        Assert.StartsWith(name + ": found ", error.Message);
        Assert.DoesNotContain("hunter2", error.ToString());
    }

    [Fact]
    public void All_faults_are_found_at_once() => Assert.Equal(
        ["BaseUrl", "MerchantSerialNumber", "ClientId", "ClientSecret", "SubscriptionKey"], new EPaymentOptions().FindFaults().Select(f => f.Name));

    [Fact]
    public void Good_options_have_no_fault_and_plain_http_is_for_loopback_only()
    {
        Assert.Empty(Good.FindFaults());
        Assert.Empty(Change(o => o.BaseUrl = new Uri("http://127.0.0.1:5000")).FindFaults());
        Assert.Empty(Change(o => o.BaseUrl = new Uri("http://localhost:5000/prefix")).FindFaults());
    }

    [Fact]
    public void Options_show_no_secret()
    {
        var text = Good.ToString();
        Assert.Contains("123456", text);
        Assert.DoesNotContain("the-client", text);
        Assert.DoesNotContain("the-subscription", text);
    }

    [Fact]
    public void A_request_shows_no_phone_number()
    {
        var request = new CreatePaymentRequest(Rig.Reference, new Amount(100, "NOK"), "abc") { PhoneNumber = "4791234567" };
        Assert.Contains(Rig.Reference, request.ToString());
        Assert.DoesNotContain("91234567", request.ToString());
    }

    [Fact]
    public void A_token_shows_nothing() => Assert.DoesNotContain("abc", new TokenResult(new AccessToken("abc", 0, TimeSpan.FromHours(1)), null).ToString());

    [Theory]
    [InlineData("https://api.vipps.no", "https://api.vipps.no/", true)]
    [InlineData("https://api.vipps.no/x", "https://api.vipps.no/x/", true)]
    [InlineData("https://api.vipps.no", "https://apitest.vipps.no", false)]
    public void A_sales_unit_is_equal_however_its_host_was_written(string one, string other, bool equal) =>
        Assert.Equal(equal, new SalesUnit(new Uri(one), "123456") == new SalesUnit(new Uri(other), "123456"));

    [Fact]
    public async Task A_base_path_is_kept()
    {
        await using var server = new RawServer(request => request.Path.EndsWith("/accesstoken/get") ? Reply.Token() : Reply.Json(200, Rig.PaymentJson()));
        var options = Rig.Options(new Uri(server.Url, "/prefix"));
        using var handler = EPaymentHttpHandler.Create(options);
        await new EPaymentClient(new EPaymentConnection(options, handler, TimeProvider.System)).GetAsync(options.SalesUnit, Rig.Reference);
        Assert.Equal(["/prefix/accesstoken/get", "/prefix/epayment/v1/payments/" + Rig.Reference], server.Seen.Select(r => r.Path));
    }

    [Fact]
    public void The_handler_follows_no_redirect_keeps_no_cookie_and_uses_no_proxy_unless_told()
    {
        using var handler = EPaymentHttpHandler.Create(Good);
        Assert.Equal((false, false, false, TimeSpan.FromMinutes(2)), (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy, handler.PooledConnectionLifetime));
        using var proxied = EPaymentHttpHandler.Create(Change(o => o.Proxy = new Uri("http://proxy:3128")));
        Assert.True(proxied.UseProxy);
        Assert.Equal(new Uri("http://proxy:3128"), Assert.IsType<WebProxy>(proxied.Proxy).Address);
    }

    private static EPaymentOptions Change(Action<EPaymentOptions> change)
    {
        var options = Good;
        change(options);
        return options;
    }
}
