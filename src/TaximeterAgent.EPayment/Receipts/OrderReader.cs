namespace TaximeterAgent.EPayment;

/// <summary>Understands the Order Management API's answer.</summary>
internal static class OrderReader
{
    internal static Order? Read(byte[] body)
    {
        if (WireReader.Read(body, WireJson.Reading.OrderWire) is not { } wire) return null;
        if (wire.Receipt is not { } receipt) return new Order(null);
        var readable = receipt is { OrderLines: { } lines, BottomLine.Currency: not null } && lines.All(line => line is { Name: not null, Id: not null });
        return readable ? new Order(receipt) : null;
    }
}
