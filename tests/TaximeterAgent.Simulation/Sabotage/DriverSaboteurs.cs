using System.Text;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Simulation;

/// <summary>A request goes to the number that was keyed before, for whatever trip that was.</summary>
internal sealed class AskTheLastNumber : CallSaboteur
{
    private string? _last;

    public override bool NeedsRandomKeys => true;

    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        if (stored.Operation is not { Kind: OperationKind.Create, Phone: { } phone })
            return inner.TryAsync(stored, stop);
        var last = _last ?? phone.Msisdn;
        _last = phone.Msisdn;
        var body = Encoding.UTF8.GetString(stored.Body.Span).Replace(phone.Msisdn, last, StringComparison.Ordinal);
        return inner.TryAsync(stored with { Body = Encoding.UTF8.GetBytes(body) }, stop);
    }
}

/// <summary>The last digit that was keyed goes out as its neighbour: what is asked is not what was shown.</summary>
internal sealed class AskANeighbour : CallSaboteur
{
    public override bool NeedsRandomKeys => true;

    protected override Task<CallReport> TryAsync(IPaymentCalls inner, StoredOperation stored, CancellationToken stop)
    {
        if (stored.Operation is not { Kind: OperationKind.Create, Phone: { } phone })
            return inner.TryAsync(stored, stop);
        var neighbour = phone.Msisdn[..^1] + (char)('0' + (phone.Msisdn[^1] - '0' + 1) % 10);
        var body = Encoding.UTF8.GetString(stored.Body.Span).Replace(phone.Msisdn, neighbour, StringComparison.Ordinal);
        return inner.TryAsync(stored with { Body = Encoding.UTF8.GetBytes(body) }, stop);
    }
}

/// <summary>Where a number is keyed, neither Clear nor Back does anything.</summary>
internal sealed class NoWayBack : Saboteur
{
    public override bool NeedsRandomKeys => true;

    public override Key? Presses(Key key, IReadOnlyList<string> shown) =>
        key is Key.Clear or Key.Back && shown.Any(line => line.EndsWith('_') && line.Length > 1) ? null : key;
}

/// <summary>An amount is shown with one hundredth too much.</summary>
internal sealed class WrongAmount : Saboteur
{
    public override bool NeedsRandomKeys => true;

    public override IReadOnlyList<string> Shows(IReadOnlyList<string> lines) => [.. lines.Select(OneTooMuch)];

    private static string OneTooMuch(string line)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && comma + 2 < line.Length && line[comma + 2] is >= '0' and < '9' and var last ? line[..(comma + 2)] + (char)(last + 1) + line[(comma + 3)..] : line;
    }
}
