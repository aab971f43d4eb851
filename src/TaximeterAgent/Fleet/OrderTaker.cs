using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Fleet;

/// <summary>
/// Takes an order of the relay's into the engine and says what became of it, once that is stored and synced. While the engine cannot take it, the order is held and tried
/// again, more and more slowly; the next one waits behind it.
/// </summary>
internal sealed class OrderTaker(Func<Engine?> engine, FleetStatus status, IIdSource ids, TimeProvider time, ILogger log)
{
    /// <summary>As the history names who said it.</summary>
    public const string Source = "relay";

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(30);

    /// <summary>Takes one.</summary>
    /// <returns>The answer; null for a message that has no name to answer to.</returns>
    /// <exception cref="OperationCanceledException">Lost or stopped meanwhile: it comes again.</exception>
    public async Task<BookingAnswer?> TakeAsync(ReadOnlyMemory<byte> body, CancellationToken lost)
    {
        if (OrderReader.Read(body) is not { } order)
        {
            status.Unreadable();
            FleetLog.Unreadable(log, "booking");
            return null;
        }

        status.Order();
        for (var failures = 1; ; failures++)
        {
            BookingAnswer? answer = null;
            var asked = await EngineQuestion.AskAsync<BookingAnswer>(
                engine(),
                running =>
                {
                    if (!running.StoreWritable)
                        return Problem.StoreFull;
                    if (running.Stopping)
                        return Problem.Starting;
                    answer = Take(running, order);
                    return null;
                },
                _ => answer!,
                changes: true,
                time,
                lost);
            if (asked.Succeeded(out var problem, out var stored))
                return stored;
            // What cannot be read today cannot be read tomorrow: it must not hold up what is ordered after it.
            if (problem.Error == Problem.UnreadableError)
                return new BookingAnswer(order.Booking, order.Kind, BookingAnswer.Unusable) { Detail = "the car cannot read what it has stored of it" };
            if (failures == 1)
                FleetLog.Held(log, Shown.Plain(order.Booking), problem.Message);
            await Task.Delay(Backoff.Of(s_first, s_most, failures, ids.NextFraction()), time, lost);
        }
    }

    private static BookingAnswer Take(Engine engine, BookingOrder order)
    {
        switch (order.Kind)
        {
            case BookingOrder.Book:
                if (OrderReader.Fault(order, engine.Currency, out var booking) is { } fault)
                    return new BookingAnswer(order.Booking, order.Kind, BookingAnswer.Unusable) { Detail = fault };
                return new BookingAnswer(order.Booking, order.Kind, Word(engine.Orders.Book(booking!, Source).Result));
            case BookingOrder.Cancel:
                return new BookingAnswer(order.Booking, order.Kind, Word(engine.Orders.Void(null, order.Booking, "cancelled in the app", Source).Result));
            default:
                return new BookingAnswer(order.Booking, order.Kind, BookingAnswer.Unusable) { Detail = "this version of the agent does not know such an order" };
        }
    }

    private static string Word(OrderResult result) => result switch
    {
        OrderResult.Conflict => BookingAnswer.Conflict,
        OrderResult.HasFare => BookingAnswer.HasFare,
        _ => BookingAnswer.Stored,
    };
}
