using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class HeaderTests
{
    private readonly Bench _bench = new();

    public static TheoryData<string, int> Needed => new()
    {
        { "Authorization", 401 },
        { "Ocp-Apim-Subscription-Key", 401 },
        { "Merchant-Serial-Number", 400 },
        { "Vipps-System-Name", 400 },
        { "Vipps-System-Version", 400 },
        { "Vipps-System-Plugin-Name", 400 },
        { "Vipps-System-Plugin-Version", 400 },
        { "Idempotency-Key", 400 },
    };

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_request_without_a_needed_header_is_refused(string name, int status) =>
        _bench.AssertRefused(Create(headers => headers.RemoveAll(h => h.Key == name)), status, Rules.MissingHeader);

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_needed_header_that_is_empty_is_refused(string name, int status) =>
        _bench.AssertRefused(Create(headers => Set(headers, name, " ")), status, Rules.MissingHeader);

    [Theory]
    [InlineData("Vipps-System-Name", 31)]
    [InlineData("Vipps-System-Version", 31)]
    [InlineData("Vipps-System-Plugin-Name", 31)]
    [InlineData("Vipps-System-Plugin-Version", 31)]
    [InlineData("Idempotency-Key", 51)]
    public void A_header_that_is_too_long_is_refused_and_one_shorter_is_not(string name, int length)
    {
        _bench.AssertRefused(Create(headers => Set(headers, name, new string('x', length))), 400, Rules.BadHeader);

        var other = new Bench();
        Assert.Equal(201, Create(headers => Set(headers, name, new string('x', length - 1)), other).Status);
        Assert.Empty(other.Server.Violations);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    public void A_merchant_serial_number_of_another_form_is_refused(string msn) =>
        _bench.AssertRefused(Create(headers => Set(headers, "Merchant-Serial-Number", msn)), 400, Rules.BadHeader);

    [Fact]
    public void A_header_that_is_given_twice_is_refused() =>
        _bench.AssertRefused(Create(headers => headers.Add(new("Idempotency-Key", "second"))), 400, Rules.BadHeader);

    [Fact]
    public void Reading_needs_no_idempotency_key()
    {
        _bench.Create();
        Assert.Equal(200, _bench.Get().Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData("Merchant-Serial-Number", "99999", 403)]
    [InlineData("Ocp-Apim-Subscription-Key", "wrong", 401)]
    public void A_sales_unit_or_key_that_is_not_known_is_refused(string name, string value, int status) =>
        _bench.AssertRefused(Create(headers => Set(headers, name, value)), status, Rules.BadCredentials);

    [Theory]
    [InlineData("client_id")]
    [InlineData("client_secret")]
    [InlineData("Ocp-Apim-Subscription-Key")]
    public void A_token_asked_for_with_a_wrong_key_is_refused(string name)
    {
        var headers = _bench.TokenHeaders();
        Set(headers, name, "wrong");
        _bench.AssertRefused(_bench.Send("POST", "/accesstoken/get", headers), 401, Rules.BadCredentials);
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("client_secret")]
    public void A_token_asked_for_without_a_key_is_refused(string name)
    {
        var headers = _bench.TokenHeaders();
        headers.RemoveAll(h => h.Key == name);
        _bench.AssertRefused(_bench.Send("POST", "/accesstoken/get", headers), 401, Rules.MissingHeader);
    }

    [Fact]
    public void A_token_asked_for_with_a_body_is_refused() =>
        _bench.AssertRefused(_bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders(), "{}"), 400, Rules.BodyNotEmpty);

    [Theory]
    [InlineData("Bearer never-issued")]
    [InlineData("Basic abc")]
    public void A_token_that_was_never_issued_is_refused(string authorization) =>
        _bench.AssertRefused(Create(headers => Set(headers, "Authorization", authorization)), 401, Rules.BadToken);

    [Fact]
    public void A_token_is_good_for_its_life_and_not_a_moment_longer()
    {
        _bench.Create();
        _bench.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, _bench.Get().Status);
        Assert.Empty(_bench.Server.Violations);

        _bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        _bench.AssertRefused(_bench.Get(), 401, Rules.BadToken);
    }

    [Fact]
    public void A_token_of_other_keys_is_refused()
    {
        var foreign = _bench.Token(ServerDefaults.OtherSalesUnit);
        _bench.AssertRefused(Create(headers => Set(headers, "Authorization", "Bearer " + foreign)), 401, Rules.BadToken);
    }

    [Fact]
    public void One_set_of_keys_acts_for_several_sales_units()
    {
        var second = ServerDefaults.SalesUnit with { Msn = "222222" };
        var bench = new Bench(new ServerOptions { SalesUnits = [ServerDefaults.SalesUnit, second] });
        var headers = bench.Headers();
        Set(headers, "Merchant-Serial-Number", second.Msn);
        Assert.Equal(404, bench.Send("GET", "/epayment/v1/payments/unknown-reference", headers).Status);
        Assert.Empty(bench.Server.Violations);
    }

    [Fact]
    public void A_program_that_starts_anew_may_have_a_token_though_three_are_good_and_the_earlier_ones_stay_so()
    {
        var headers = _bench.Headers();
        for (var i = 0; i < 2; i++)
            _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders());
        _bench.Server.ClientStartsAnew();
        Assert.Equal(200, _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders()).Status);
        Assert.Equal(404, _bench.Send("GET", "/epayment/v1/payments/unknown-reference", headers).Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void Hello_to_the_root_is_no_violation_and_any_other_way_that_leads_nowhere_is_one()
    {
        Assert.Equal(404, _bench.Send("HEAD", "/", []).Status);
        Assert.Empty(_bench.Server.Violations);
        Assert.Equal(404, _bench.Send("GET", "/", []).Status);
        Assert.Equal([Rules.UnknownPath], _bench.BrokenRules);
    }

    [Fact]
    public void A_token_per_request_is_a_violation_and_three_are_none()
    {
        for (var i = 0; i < 3; i++)
            _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders());
        Assert.Empty(_bench.Server.Violations);

        Assert.Equal(200, _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders()).Status);
        Assert.Equal([Rules.TooManyTokens], _bench.BrokenRules);
    }

    [Fact]
    public void Tokens_that_the_client_never_got_do_not_count()
    {
        _bench.Server.Faults.Add(Operation.Token, new FaultAction.Withhold(), times: 3);
        _bench.Server.Faults.Add(Operation.Token, new FaultAction.FailAfterActing(), nth: 4, times: 3);
        for (var i = 0; i < 9; i++)
            _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void Tokens_that_have_expired_do_not_count()
    {
        for (var i = 0; i < 8; i++)
        {
            _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders());
            _bench.Time.Advance(TimeSpan.FromMinutes(25));
        }

        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData("POST", "/epayment/v1/payment", 404, Rules.UnknownPath)]
    [InlineData("POST", "/epayment/v1/payments/", 404, Rules.UnknownPath)]
    [InlineData("POST", "/EPAYMENT/v1/payments", 404, Rules.UnknownPath)]
    [InlineData("GET", "/epayment/v1/payments", 405, Rules.WrongMethod)]
    [InlineData("PUT", "/epayment/v1/payments/abcdefgh/capture", 405, Rules.WrongMethod)]
    [InlineData("GET", "/accesstoken/get", 405, Rules.WrongMethod)]
    public void A_path_or_method_that_does_not_exist_is_refused(string method, string path, int status, string rule) =>
        _bench.AssertRefused(_bench.Send(method, path, _bench.Headers()), status, rule);

    [Fact]
    public void A_read_with_a_body_is_refused()
    {
        _bench.Create();
        _bench.AssertRefused(_bench.Send("GET", $"/epayment/v1/payments/{Bench.Reference}", _bench.Headers(), "{}"), 400, Rules.BodyNotEmpty);
    }

    [Fact]
    public void A_body_that_is_too_large_is_refused() =>
        _bench.AssertRefused(_bench.PostRaw("/epayment/v1/payments", new string(' ', 64 * 1024 + 1), "k"), 413, Rules.BodyTooLarge);

    private ServerAnswer Create(Action<List<KeyValuePair<string, string>>> change, Bench? bench = null)
    {
        bench ??= _bench;
        var headers = bench.Headers();
        headers.Add(new("Content-Type", "application/json"));
        headers.Add(new("Idempotency-Key", "key-of-create"));
        change(headers);
        return bench.Send("POST", "/epayment/v1/payments", headers, Bench.CreateBody().ToJsonString());
    }

    private static void Set(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        headers.RemoveAll(h => h.Key == name);
        headers.Add(new(name, value));
    }
}
