namespace TaximeterAgent.Simulator.Server;

/// <summary>The Order Management API: one receipt per payment, for ever.</summary>
internal sealed class ReceiptDesk(PaymentBook book, Identifiers ids, ViolationLog violations)
{
    public ServerAnswer Post(Call call)
    {
        if (RequestBody.Read(call, violations, (body, fields) => Receipt.Read(body, fields), out var receipt) is { } refused)
            return refused;
        return WithPayment(call, payment =>
        {
            if (receipt!.Currency != payment.Asked.Currency)
            {
                violations.Add(call, Rules.BadField, "bottomLine.currency: Must be the payment's.");
                return Answers.Fields(call, [new FieldFault("bottomLine.currency", "Must be the payment's.")]);
            }

            if (payment.Receipt is { } first)
            {
                // The same again is an honest question after a lost answer; another one is a client that does not know what it sent.
                if (!first.Same(receipt))
                    violations.Add(call, Rules.SecondReceipt, "Another receipt was sent before.");
                return Answers.OrderManagement(call, 409, "A receipt exists for this payment.", "Conflict");
            }

            payment.Receipt = receipt;
            var id = ids.Guid().ToString();
            return Answers.Json(201, json => json.WriteStringValue(id));
        });
    }

    public ServerAnswer Get(Call call) => WithPayment(call, payment => Answers.Json(200, json =>
    {
        json.WriteStartObject();
        if (payment.Receipt is { } receipt)
        {
            json.WritePropertyName("receipt");
            receipt.Json.WriteTo(json);
        }

        json.WriteEndObject();
    }));

    private ServerAnswer WithPayment(Call call, Func<Payment, ServerAnswer> with)
    {
        if (call.Route.PaymentType is not "ECOM")
        {
            violations.Add(call, Rules.UnknownPath, $"The payment type is {call.Route.PaymentType}, not ECOM.");
            return Answers.OrderManagement(call, 400, "The payment type is not known.", "BadRequest", [new FieldFault("paymentType", "Must be ECOM.")]);
        }

        return book.Find(call.Unit.Msn, call.Reference!) is { } payment
            ? with(payment)
            : Answers.OrderManagement(call, 404, "The payment was not found.", "NotFound");
    }
}
