using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class ReceiptTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void A_receipt_is_kept_and_given_back_as_it_was_sent()
    {
        _bench.Authorize();
        Assert.Equal(201, _bench.PostReceipt().Status);
        var shown = Bench.Json(_bench.GetReceipt())["receipt"];
        Assert.True(JsonNode.DeepEquals(Bench.ReceiptBody(), shown));
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_payment_without_a_receipt_shows_none()
    {
        _bench.Authorize();
        var answer = _bench.GetReceipt();
        Assert.Equal(200, answer.Status);
        Assert.Null(Bench.Json(answer)["receipt"]);
    }

    [Fact]
    public void The_same_receipt_again_is_a_conflict_that_may_happen()
    {
        _bench.Authorize();
        _bench.PostReceipt();
        Assert.Equal(409, _bench.PostReceipt().Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void Another_receipt_is_a_conflict_that_must_not_happen()
    {
        _bench.Authorize();
        _bench.PostReceipt();
        _bench.AssertRefused(_bench.PostReceipt(Bench.ReceiptBody(34_600)), 409, Rules.SecondReceipt);
        Assert.True(JsonNode.DeepEquals(Bench.ReceiptBody(), Bench.Json(_bench.GetReceipt())["receipt"]));
    }

    [Fact]
    public void Its_errors_have_the_shape_of_Order_Management()
    {
        _bench.Authorize();
        var body = Bench.ReceiptBody();
        body["orderLines"]![0]!["taxRate"] = "1200";
        var answer = _bench.PostReceipt(body);

        _bench.AssertRefused(answer, 400, Rules.BadField);
        Assert.Equal("application/json", answer.Header("Content-Type"));
        Assert.Equal("orderLines[0].taxRate", Bench.Json(answer)["invalidParams"]![0]!["name"]!.GetValue<string>());
        Assert.Null(Bench.Json(answer)["extraDetails"]);
    }

    public static TheoryData<string, string> LineFaults => new()
    {
        { """{"surprise":1}""", Rules.UnknownField },
        { """{"name":null}""", Rules.BadField },
        { """{"id":null}""", Rules.BadField },
        { """{"totalAmount":345.0001}""", Rules.BadField },
        { """{"totalTaxAmount":1}""", Rules.BadField },
        { """{"taxRate":null}""", Rules.BadField },
        { """{"taxRate":10001}""", Rules.BadField },
        { """{"isReturn":"no"}""", Rules.BadField },
        { """{"unitInfo":{"unitPrice":1,"quantity":12.4,"quantityUnit":"KM"}}""", Rules.BadField },
        { """{"unitInfo":{"unitPrice":1,"quantity":"12,4","quantityUnit":"KM"}}""", Rules.BadField },
        { """{"unitInfo":{"unitPrice":1,"quantity":"1.123456789","quantityUnit":"KM"}}""", Rules.BadField },
        { """{"unitInfo":{"unitPrice":1,"quantity":"12345678901","quantityUnit":"KM"}}""", Rules.BadField },
        { """{"unitInfo":{"unitPrice":1,"quantity":"12.4","quantityUnit":"MILE"}}""", Rules.BadField },
    };

    [Theory]
    [MemberData(nameof(LineFaults))]
    public void A_line_with_a_fault_is_refused(string change, string rule)
    {
        _bench.Authorize();
        var body = Bench.ReceiptBody();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            body["orderLines"]![0]![name] = value?.DeepClone();
        _bench.AssertRefused(_bench.PostReceipt(body), 400, rule);
    }

    [Fact]
    public void A_receipt_in_another_currency_is_refused()
    {
        _bench.Authorize();
        var body = Bench.ReceiptBody();
        body["bottomLine"]!["currency"] = "DKK";
        _bench.AssertRefused(_bench.PostReceipt(body), 400, Rules.BadField);
    }

    [Fact]
    public void A_receipt_for_no_payment_is_not_found()
    {
        var answer = _bench.PostReceipt();
        Assert.Equal(404, answer.Status);
        Assert.NotNull(Bench.Json(answer)["invalidParams"]);
    }

    [Fact]
    public void Another_payment_type_is_refused() =>
        _bench.AssertRefused(_bench.Post($"/order-management/v2/RECURRING/receipts/{Bench.Reference}", Bench.ReceiptBody()), 400, Rules.UnknownPath);

    [Fact]
    public void A_receipt_in_the_create_is_the_payments_receipt()
    {
        var create = Bench.CreateBody();
        create["receipt"] = Bench.ReceiptBody();
        _bench.Create(create);
        Assert.True(JsonNode.DeepEquals(Bench.ReceiptBody(), Bench.Json(_bench.GetReceipt())["receipt"]));
        Assert.Equal(409, _bench.PostReceipt().Status);
    }
}
