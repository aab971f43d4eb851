using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Fleet;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Sync;

namespace TaximeterAgent.Tests.Fleet;

/// <summary>An engine over a store in memory, and what the fleet's side asks of it; time stands still until the test moves it.</summary>
internal sealed class FleetBench : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public FleetBench()
    {
        Desk = new DeskBench(Outbox, Time);
        Status = new FleetStatus(Time);
        Taker = new OrderTaker(() => Desk.Engine, Status, new RandomIds(), Time, NullLogger.Instance);
    }

    public ManualTime Time { get; } = new();

    public MemoryOutbox Outbox { get; } = new();

    public DeskBench Desk { get; }

    public FleetStatus Status { get; }

    public OrderTaker Taker { get; }

    public void Dispose() => Desk.Dispose();

    /// <summary>An order as the relay sends it.</summary>
    public static byte[] Order(string kind, string booking, string? phone = "4791234567", string? currency = "NOK", long? maximum = 50_000) => JsonSerializer.SerializeToUtf8Bytes(
        new BookingOrder(kind, booking, DateTimeOffset.UnixEpoch) { Phone = phone, Currency = currency, Maximum = maximum }, FleetJson.Default.BookingOrder);

    public static byte[] Book(string booking, string phone = "4791234567", long? maximum = 50_000) => Order(BookingOrder.Book, booking, phone, maximum: maximum);

    public static byte[] Cancel(string booking) => Order(BookingOrder.Cancel, booking, null, null, null);

    /// <summary>Takes an order and gives the answer's word.</summary>
    public async Task<string?> TakeAsync(byte[] order) => (await DoneAsync(Taker.TakeAsync(order, CancellationToken.None)))?.Result;

    /// <summary>Lets the engine run until it is done.</summary>
    public async Task<T> DoneAsync<T>(Task<T> task)
    {
        await UntilAsync(() => task.IsCompleted);
        return await task;
    }

    /// <summary>Lets the engine run until it is so.</summary>
    public async Task UntilAsync(Func<bool> so)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!so())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < s_patience, "It has not come.");
            Desk.Engine.Drain();
            await Task.Delay(1);
        }
    }
}
