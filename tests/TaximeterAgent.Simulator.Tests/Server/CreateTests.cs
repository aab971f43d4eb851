using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class CreateTests
{
    private readonly Bench _bench = new();

    /// <summary>What is done to a good body, the field that has to be named, and the rule that it breaks.</summary>
    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "unknown field", """{"surprise":1}""", "surprise", Rules.UnknownField },
        { "unknown field within", """{"amount":{"currency":"NOK","value":34500,"decimals":2}}""", "amount.decimals", Rules.UnknownField },
        { "unknown field of the customer", """{"customer":{"phoneNumber":"4791234567","name":"x"}}""", "customer.name", Rules.UnknownField },
        { "no amount", """{"amount":null}""", "amount", Rules.BadField },
        { "no value", """{"amount":{"currency":"NOK"}}""", "amount.value", Rules.BadField },
        { "a fraction", """{"amount":{"currency":"NOK","value":345.5}}""", "amount.value", Rules.BadField },
        { "a value as text", """{"amount":{"currency":"NOK","value":"34500"}}""", "amount.value", Rules.BadField },
        { "a negative value", """{"amount":{"currency":"NOK","value":-1}}""", "amount.value", Rules.BadField },
        { "too much", """{"amount":{"currency":"NOK","value":65000001}}""", "amount.value", Rules.BadField },
        { "an unknown currency", """{"amount":{"currency":"SEK","value":34500}}""", "amount.currency", Rules.BadField },
        { "a currency in lower case", """{"amount":{"currency":"nok","value":34500}}""", "amount.currency", Rules.BadField },
        { "a number as a number", """{"customer":{"phoneNumber":4791234567}}""", "customer.phoneNumber", Rules.BadField },
        { "nine digits", """{"customer":{"phoneNumber":"479123456"}}""", "customer.phoneNumber", Rules.BadField },
        { "sixteen digits", """{"customer":{"phoneNumber":"4791234567123456"}}""", "customer.phoneNumber", Rules.BadField },
        { "a plus", """{"customer":{"phoneNumber":"+4791234567"}}""", "customer.phoneNumber", Rules.BadField },
        { "blanks", """{"customer":{"phoneNumber":"47 91234567"}}""", "customer.phoneNumber", Rules.BadField },
        { "a trailing line feed", """{"customer":{"phoneNumber":"4791234567\n"}}""", "customer.phoneNumber", Rules.BadField },
        { "two ways to name the customer", """{"customer":{"phoneNumber":"4791234567","customerToken":"x"}}""", "customer", Rules.BadField },
        { "nobody to push to", """{"customer":null}""", "customer", Rules.BadField },
        { "an unknown interaction", """{"customerInteraction":"PRESENT"}""", "customerInteraction", Rules.BadField },
        { "an unknown flow", """{"userFlow":"PUSH"}""", "userFlow", Rules.BadField },
        { "no flow", """{"userFlow":null}""", "userFlow", Rules.BadField },
        { "no method", """{"paymentMethod":null}""", "paymentMethod", Rules.BadField },
        { "an unknown method", """{"paymentMethod":{"type":"CASH"}}""", "paymentMethod.type", Rules.BadField },
        { "a card without a browser", """{"paymentMethod":{"type":"CARD"}}""", "paymentMethod.type", Rules.BadField },
        { "a redirect to nowhere", """{"userFlow":"WEB_REDIRECT"}""", "returnUrl", Rules.BadField },
        { "no reference", """{"reference":null}""", "reference", Rules.BadField },
        { "a short reference", """{"reference":"short-1"}""", "reference", Rules.BadReference },
        { "a long reference", """{"reference":"oslo-17-1042-k3m9x2ab-oslo-17-1042-k3m9x2ab-oslo-17-1042-k3m9x2ab"}""", "reference", Rules.BadReference },
        { "a slash in the reference", """{"reference":"oslo/17/1042"}""", "reference", Rules.BadReference },
        { "a letter of another alphabet", """{"reference":"oslo-17-\u00e5\u00e5\u00e5"}""", "reference", Rules.BadReference },
        { "a short description", """{"paymentDescription":"Ta"}""", "paymentDescription", Rules.BadField },
        { "metadata that is no text", """{"metadata":{"trip":1042}}""", "metadata.trip", Rules.BadField },
        { "metadata that is no object", """{"metadata":[]}""", "metadata", Rules.BadField },
        { "six pairs of metadata", """{"metadata":{"a":"1","b":"2","c":"3","d":"4","e":"5","f":"6"}}""", "metadata", Rules.BadField },
        { "metadata without a name", """{"metadata":{"":"1"}}""", "metadata", Rules.BadField },
        { "a time without a zone", """{"expiresAt":"2026-11-21T10:00:00"}""", "expiresAt", Rules.BadField },
        { "a time that is too near", """{"expiresAt":"2026-11-20T10:05:00Z"}""", "expiresAt", Rules.BadField },
        { "a time that is too far", """{"expiresAt":"2027-02-20T10:05:00Z"}""", "expiresAt", Rules.BadField },
        { "long-lived without a receipt", """{"expiresAt":"2026-11-21T10:00:00Z"}""", "receipt", Rules.BadField },
        { "a receipt without lines", """{"receipt":{"orderLines":[],"bottomLine":{"currency":"NOK"}}}""", "receipt.orderLines", Rules.BadField },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_field_that_is_wrong_is_refused_by_its_name(string what, string change, string field, string rule)
    {
        Assert.NotEmpty(what);
        var body = Bench.CreateBody();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            body[name] = value?.DeepClone();
        var answer = _bench.Create(body);

        _bench.AssertRefused(answer, 400, rule);
        Assert.Equal("application/problem+json", answer.Header("Content-Type"));
        Assert.Contains(field, Bench.Json(answer)["extraDetails"]!.AsArray().Select(d => d!["name"]!.GetValue<string>()));
        Assert.Null(Bench.Code(answer));
        Assert.Empty(_bench.Server.Payments());
    }

    [Theory]
    [InlineData("paymentDescription", 100)]
    [InlineData("metadata", 500)]
    public void A_text_of_the_greatest_length_is_taken_and_one_longer_is_not(string field, int most)
    {
        Assert.Equal(201, _bench.Create(With(most)).Status);
        Assert.Empty(_bench.Server.Violations);
        _bench.AssertRefused(_bench.Create(With(most + 1)), 400, Rules.BadField);

        JsonObject With(int length)
        {
            var body = Bench.CreateBody($"reference-{length}");
            body[field] = field == "metadata" ? new JsonObject { ["note"] = new string('x', length) } : new string('x', length);
            return body;
        }
    }

    [Theory]
    [InlineData("""{"reference":"aaaaaaaa","reference":"bbbbbbbb"}""")]
    [InlineData("""{"amount":{"value":1,"value":2}}""")]
    [InlineData("""{"reference":"aaaaaaaa",}""")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("// none\n{}")]
    public void A_body_that_is_not_JSON_or_names_a_field_twice_is_refused(string body) =>
        _bench.AssertRefused(_bench.PostRaw("/epayment/v1/payments", body, "k"), 400, Rules.BadJson);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void A_body_that_is_no_object_is_refused(string body) =>
        _bench.AssertRefused(_bench.PostRaw("/epayment/v1/payments", body, "k"), 400, Rules.BadField);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public void Another_content_type_is_refused(string? type)
    {
        var headers = _bench.Headers().Append(new("Idempotency-Key", "k"));
        if (type is not null)
            headers = headers.Append(new("Content-Type", type));
        _bench.AssertRefused(_bench.Send("POST", "/epayment/v1/payments", headers, Bench.CreateBody().ToJsonString()), 415, Rules.ContentType);
    }

    [Fact]
    public void A_content_type_may_name_its_character_set()
    {
        var headers = _bench.Headers().Append(new("Idempotency-Key", "k")).Append(new("Content-Type", "application/json; charset=utf-8"));
        Assert.Equal(201, _bench.Send("POST", "/epayment/v1/payments", headers, Bench.CreateBody().ToJsonString()).Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData("NOK", 99, 100)]
    [InlineData("DKK", 0, 1)]
    [InlineData("EUR", 0, 1)]
    public void An_amount_below_the_least_is_refused(string currency, long tooSmall, long least)
    {
        var unit = ServerDefaults.SalesUnit with { Currency = currency };
        var bench = new Bench(new ServerOptions { SalesUnits = [unit] });
        var answer = bench.Create(Bench.CreateBody(value: tooSmall, currency: currency), unit: unit);
        bench.AssertRefused(answer, 400, Rules.AmountTooSmall);
        Assert.Equal("6010", Bench.Code(answer));
        Assert.Equal(201, bench.Create(Bench.CreateBody(value: least, currency: currency), unit: unit).Status);
    }

    [Theory]
    [InlineData("5060")]
    [InlineData("5080")]
    [InlineData("5050")]
    public void What_the_sales_unit_is_not_set_up_for_is_refused_and_is_nobodys_fault(string code)
    {
        var body = Bench.CreateBody(currency: code == "5060" ? "DKK" : "NOK");
        if (code == "5050")
        {
            body["expiresAt"] = "2026-11-21T10:00:00Z";
            body["receipt"] = Bench.ReceiptBody();
        }

        var unit = ServerDefaults.SalesUnit with { PushAllowed = code != "5080" };
        var bench = new Bench(new ServerOptions { SalesUnits = [unit] });
        var answer = bench.Create(body);

        Assert.Equal(code, Bench.Code(answer));
        Assert.Equal(403, answer.Status);
        Assert.Empty(bench.Server.Violations);
        Assert.Empty(bench.Server.Payments());
    }

    [Fact]
    public void A_reference_is_used_once()
    {
        _bench.Create();
        var again = _bench.Create();
        Assert.Equal(409, again.Status);
        Assert.Equal("4150", Bench.Code(again));
        Assert.Single(_bench.Server.Payments());
    }

    [Fact]
    public void A_reference_is_case_sensitive()
    {
        _bench.Create(Bench.CreateBody("Reference-1"));
        Assert.Equal(200, _bench.Get("Reference-1").Status);
        Assert.Equal(404, _bench.Get("reference-1").Status);
    }

    [Fact]
    public void Another_sales_unit_sees_nothing_of_a_payment_and_may_use_its_reference()
    {
        _bench.Create();
        var other = ServerDefaults.OtherSalesUnit;
        var missing = _bench.Get(unit: other);
        Assert.Equal(404, missing.Status);
        Assert.Equal("5090", Bench.Code(missing));
        Assert.Equal(404, _bench.Capture(100, unit: other).Status);
        var body = Bench.CreateBody();
        body["metadata"]!["trip"] = "NO-4712/1/2026-11-20T10:00:00Z"; // a trip has one live attempt, under whatever sales unit
        Assert.Equal(201, _bench.Create(body, unit: other).Status);
        Assert.Equal(2, _bench.Server.Payments().Count);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_reference_in_the_path_that_can_be_none_is_noted() => _bench.AssertRefused(_bench.Get("short"), 400, Rules.BadReference);

    [Theory]
    [InlineData("customerInteraction", "CUSTOMER_NOT_PRESENT")]
    [InlineData("customerInteraction", null)]
    [InlineData("userFlow", "WEB_REDIRECT")]
    public void A_request_as_if_the_customer_were_not_in_the_car_is_served_and_noted(string field, string? value)
    {
        var body = Bench.CreateBody();
        body[field] = value;
        body["returnUrl"] = "https://example.com/";
        Assert.Equal(201, _bench.Create(body).Status);
        Assert.Equal([Rules.CustomerNotPresent], _bench.BrokenRules);
    }

    [Fact]
    public void A_reference_above_the_older_limit_is_served_and_noted()
    {
        Assert.Equal(201, _bench.Create(Bench.CreateBody(new string('a', 50))).Status);
        Assert.Empty(_bench.Server.Violations);
        var body = Bench.CreateBody(new string('a', 51));
        body["metadata"]!["trip"] = "another";
        Assert.Equal(201, _bench.Create(body).Status);
        Assert.Equal([Rules.LongReference], _bench.BrokenRules);
    }

    [Theory]
    [InlineData("91234567", true)]
    [InlineData("Taxi for 91 23 45 67", true)]
    [InlineData("+47 912 34 567", true)]
    [InlineData("tel:98765432", true)]
    [InlineData("x4791234567x", true)] // the customer's own, however it is dressed up
    [InlineData("9-1-2-3-4-5-6-7", true)]
    [InlineData("NO-4711/1042/2026-11-20T10:00:00Z", false)]
    [InlineData("NO-4711/1042/20261120T100000Z", false)]
    [InlineData("Trip 1042, 345.00 NOK", false)]
    [InlineData("1234567", false)]
    public void A_phone_number_in_metadata_or_description_is_noted(string text, bool isPersonal)
    {
        foreach (var field in (string[])["metadata", "paymentDescription"])
        {
            var bench = new Bench();
            var body = Bench.CreateBody();
            body[field] = field == "metadata" ? new JsonObject { ["note"] = text } : text;
            Assert.Equal(201, bench.Create(body).Status);
            Assert.Equal(isPersonal ? [Rules.PersonalData] : [], bench.BrokenRules);
            Assert.DoesNotContain("91234567", string.Concat(bench.Server.Violations.Select(v => v.Detail)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_violation_is_told_as_it_is_found()
    {
        _bench.Create(new JsonObject());
        Assert.NotEmpty(_bench.ViolationsTold);
        Assert.Equal(_bench.Server.Violations, _bench.ViolationsTold);
    }
}
