using System.Globalization;

namespace TaximeterAgent.Simulator.Server;

/// <summary><c>serve</c>: the four APIs alone, for any client.</summary>
public static class ServeCommand
{
    public const int Fine = 0;
    public const int Failed = 1;

    /// <summary>Serves until cancelled. 0 when it was; 1 if the port cannot be had.</summary>
    /// <param name="port">On 127.0.0.1; 0: one that is free.</param>
    /// <param name="output">Where the credentials and a line per request go.</param>
    /// <param name="errors">Where it is said why it does not start.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="wire">Told every request, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(
        int port, TextWriter output, TextWriter errors, TimeProvider? time = null, WireLog? wire = null, CancellationToken cancellation = default)
    {
        var clock = time ?? TimeProvider.System;
        var gate = new Lock();
        var server = new VippsServer(clock, customers: new LastDigitCustomers())
        {
            Wire = entry =>
            {
                wire?.Write("serve", entry);
                var status = entry.Status == 0 ? "withheld" : entry.Status.ToString(CultureInfo.InvariantCulture);
                Say(entry.At, $"{entry.Request.Method} {entry.Request.Target} {status}");
            },
            PaymentNoted = (reference, entry) => Say(entry.At, $"    {reference}: {entry.Name} {entry.Amount}{(entry.Success ? "" : ", failed")}"),
            ViolationFound = violation => Say(violation.At, $"    VIOLATION {violation.Rule}: {violation.Detail}"),
        };
        KestrelCarrier carrier;
        try
        {
            carrier = await KestrelCarrier.StartAsync(server, clock, port);
        }
        catch (IOException error)
        {
            await errors.WriteLineAsync($"Port {port} cannot be served: {error.Message}");
            return Failed;
        }

        await using (carrier)
        {
            lock (gate)
                Introduce(output, carrier.BaseAddress);
            // Ends quietly: that it is stopped is what it waits for.
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Fine;

        void Say(DateTimeOffset at, string line)
        {
            lock (gate)
            {
                output.WriteLine($"{at.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line}");
                output.Flush();
            }
        }
    }

    private static void Introduce(TextWriter output, Uri baseAddress)
    {
        output.WriteLine($"Vipps MobilePay, simulated: {baseAddress}");
        output.WriteLine();
        foreach (var unit in (SalesUnit[])[ServerDefaults.SalesUnit, ServerDefaults.OtherSalesUnit])
        {
            output.WriteLine($"  Merchant-Serial-Number     {unit.Msn} ({unit.Currency})");
            output.WriteLine($"  client_id                  {unit.Keys.ClientId}");
            output.WriteLine($"  client_secret              {unit.Keys.ClientSecret}");
            output.WriteLine($"  Ocp-Apim-Subscription-Key  {unit.Keys.SubscriptionKey}");
            output.WriteLine();
        }

        output.WriteLine("  The last digit of the customer's number says what the customer does:");
        foreach (var (digits, does) in LastDigitCustomers.Table)
            output.WriteLine($"  {digits,-5} {does}");
        output.WriteLine();
        output.Flush();
    }
}
