using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Tests.Support;
using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Relay.Tests.Bookings;

/// <summary>A booking is made once, reaches its car, and is told as it is.</summary>
[Collection(Fleet.Name)]
public sealed class BookingTests(Services services) : IAsyncLifetime
{
    private const string Phone = "4791234567";

    private RelayCopy? _relay;
    private TestCar? _car;
    private string _key = "";
    private string _id = "";

    public async Task InitializeAsync()
    {
        if (DebianPackages.Missing is not null)
            return;
        _relay = await RelayCopy.StartAsync(services);
        _car = await TestCar.AddAsync(services);
        _key = await _relay.KeyAsync(services, ClientKeys.Bookings);
        _id = services.Name("booking");
    }

    public async Task DisposeAsync()
    {
        if (_car is not null)
            await _car.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }

    [BrokerFact]
    public async Task A_booking_is_made_and_is_in_the_cars_queue_when_it_is_answered()
    {
        var made = await MakeAsync();

        Assert.Equal((202, _id, _car!.Address.ToString(), "accepted"), (made.Status, made["id"], made["car"], made["state"]));
        Assert.DoesNotContain(Phone, made.Text, StringComparison.Ordinal);
        var order = await _car.OrderAsync();
        Assert.NotNull(order);
        Assert.Equal(
            (BookingOrder.Book, _id, Phone, "NOK", 50_000L, "Storgata 1"),
            (order.Kind, order.Booking, order.Phone, order.Currency, order.Maximum, order.Pickup));
        Assert.Null(await _car.OrderAsync());
    }

    [BrokerFact]
    public async Task The_same_asked_again_is_the_same_booking()
    {
        await MakeAsync();
        var again = await MakeAsync();
        Assert.Equal((200, "accepted"), (again.Status, again["state"]));

        Assert.NotNull(await _car!.OrderAsync());
        await Task.Delay(_relay!.Options.Bookings.Resend * 3);
        Assert.Null(await _car.OrderAsync());
    }

    [BrokerFact]
    public async Task Another_booking_under_a_name_that_is_taken_is_refused_and_the_first_stands()
    {
        await MakeAsync();
        foreach (var other in (object[])[Body(phone: "4799999999"), Body(currency: "DKK"), Body(maximum: 1), Body(car: services.NewAddress().ToString())])
        {
            var refused = await _relay!.AskAsync(HttpMethod.Post, "/bookings", _key, other);
            Assert.Equal((409, "other-booking"), (refused.Status, refused["error"]));
            Assert.DoesNotContain("4799999999", refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(Phone, (await _car!.OrderAsync())?.Phone);
        Assert.Null(await _car.OrderAsync());
    }

    [BrokerFact]
    public async Task A_client_sees_its_own_bookings_only()
    {
        await MakeAsync();
        var other = await _relay!.KeyAsync(services, ClientKeys.Bookings);
        Assert.Equal(200, (await LookAsync()).Status);

        Assert.Equal(404, (await _relay.AskAsync(HttpMethod.Get, $"/bookings/{_id}", other)).Status);
        Assert.Equal(404, (await _relay.AskAsync(HttpMethod.Delete, $"/bookings/{_id}", other)).Status);
        Assert.Equal(409, (await _relay.AskAsync(HttpMethod.Post, "/bookings", other, Body())).Status);
        Assert.Equal("accepted", (await LookAsync())["state"]);
    }

    [BrokerFact]
    public async Task Without_a_key_for_bookings_nothing_is_made()
    {
        var operatorKey = await _relay!.KeyAsync(services, ClientKeys.Operator);
        foreach (var key in (string?[])[null, "", "short", new string('0', 64), operatorKey])
        {
            var refused = await _relay.AskAsync(HttpMethod.Post, "/bookings", key, Body());
            Assert.Equal(401, refused.Status);
            Assert.DoesNotContain(operatorKey, refused.Text, StringComparison.Ordinal);
        }

        Assert.Equal(404, (await LookAsync()).Status);
    }

    [BrokerFact]
    public async Task A_booking_for_a_car_that_is_not_there_yet_waits_and_is_delivered_once_it_is()
    {
        var address = services.NewAddress();
        var made = await _relay!.AskAsync(HttpMethod.Post, "/bookings", _key, Body(car: address.ToString()));
        Assert.Equal((202, "accepted"), (made.Status, made["state"]));
        await Eventually.TrueAsync(() => Task.FromResult(_relay.Log.Any(line => line.Contains(address.ToString(), StringComparison.Ordinal))), "the relay says that it waits");

        await using var car = await TestCar.AddAsync(services, address);
        Assert.Equal(_id, (await car.NextOrderAsync()).Booking);
        Assert.DoesNotContain(_relay.Log, line => line.Contains(Phone, StringComparison.Ordinal));
    }

    [BrokerFact]
    public async Task Once_the_car_has_it_that_is_told_and_the_number_is_gone()
    {
        await MakeAsync();
        Assert.Equal(Phone, await PhoneAsync());
        await _car!.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Stored);
        await StateAsync("in-car");

        Assert.IsType<DBNull>(await PhoneAsync());
        // A repeat with the number is still the same booking.
        Assert.Equal(200, (await MakeAsync()).Status);
    }

    [BrokerFact]
    public async Task What_the_car_cannot_use_is_refused_with_its_words()
    {
        await MakeAsync();
        await _car!.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Unusable, "the currency is not the car's");
        var refused = await StateAsync("refused");
        Assert.Equal("the currency is not the car's", refused["detail"]);
    }

    [BrokerFact]
    public async Task Another_cars_word_about_it_is_not_taken()
    {
        await using var other = await TestCar.AddAsync(services);
        await MakeAsync();
        await other.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Unusable);
        await _car!.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Stored);
        await StateAsync("in-car");
    }

    [BrokerFact]
    public async Task A_cancellation_before_its_booking_is_remembered_and_the_booking_is_not_made()
    {
        var cancelled = await CancelAsync();
        Assert.Equal((200, "cancelled"), (cancelled.Status, cancelled["state"]));

        var late = await MakeAsync();
        Assert.Equal((409, "cancelled"), (late.Status, late["error"]));
        Assert.Null(await _car!.OrderAsync());
        Assert.Equal(200, (await CancelAsync()).Status);
    }

    [BrokerFact]
    public async Task A_cancellation_follows_its_booking_and_is_answered_with_the_cars_word()
    {
        await MakeAsync();
        var cancelling = CancelAsync();
        Assert.Equal((BookingOrder.Book, _id), Of(await _car!.NextOrderAsync()));
        var cancel = await _car.NextOrderAsync();
        Assert.Equal((BookingOrder.Cancel, _id), Of(cancel));
        Assert.Null(cancel.Phone);
        Assert.False(cancelling.IsCompleted);

        await _car.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Stored);
        await _car.AnswerAsync(_id, BookingOrder.Cancel, BookingAnswer.Stored);
        var answer = await cancelling;
        Assert.Equal((200, "cancelled"), (answer.Status, answer["state"]));
        Assert.Equal(200, (await CancelAsync()).Status);
        Assert.Null(await _car.OrderAsync());
    }

    [BrokerFact]
    public async Task A_cancellation_that_comes_after_the_fare_is_refused()
    {
        await MakeAsync();
        await _car!.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Stored);
        await StateAsync("in-car");
        var cancelling = CancelAsync();
        await _car.NextOrderAsync();
        await _car.NextOrderAsync();
        await _car.AnswerAsync(_id, BookingOrder.Cancel, BookingAnswer.HasFare);

        var refused = await cancelling;
        Assert.Equal((409, "has-fare"), (refused.Status, refused["error"]));
        Assert.Equal("cancel-refused", (await LookAsync())["state"]);
        Assert.Equal(409, (await CancelAsync()).Status);
    }

    [BrokerFact]
    public async Task A_car_that_is_silent_gets_its_cancellation_and_the_client_is_told_that_it_is_on_its_way()
    {
        await using var relay = await RelayCopy.StartAsync(services, options => options.Bookings.CancelWait = TimeSpan.FromMilliseconds(50));
        await MakeAsync();
        var cancelling = await relay.AskAsync(HttpMethod.Delete, $"/bookings/{_id}", _key);
        Assert.Equal((202, "cancelling"), (cancelling.Status, cancelling["state"]));

        await _car!.AnswerAsync(_id, BookingOrder.Book, BookingAnswer.Stored);
        await _car.AnswerAsync(_id, BookingOrder.Cancel, BookingAnswer.Stored);
        await StateAsync("cancelled");
    }

    [BrokerFact]
    public async Task A_booking_that_nobody_made_is_not_found_whatever_its_name()
    {
        Assert.Equal((404, "unknown-booking"), (await LookAsync()) is var look ? (look.Status, look["error"]) : default);
        Assert.Equal(404, (await _relay!.AskAsync(HttpMethod.Get, "/bookings/a%20b", _key)).Status);
        Assert.Equal(404, (await _relay.AskAsync(HttpMethod.Delete, "/bookings/a%20b", _key)).Status);
    }

    private static (string Kind, string Booking) Of(BookingOrder order) => (order.Kind, order.Booking);

    private object Body(string phone = Phone, string currency = "NOK", long maximum = 50_000, string? car = null) =>
        new { id = _id, car = car ?? _car!.Address.ToString(), phone, currency, maximum, pickup = "Storgata 1" };

    private Task<Answer> MakeAsync() => _relay!.AskAsync(HttpMethod.Post, "/bookings", _key, Body());

    private Task<Answer> LookAsync() => _relay!.AskAsync(HttpMethod.Get, $"/bookings/{_id}", _key);

    private Task<Answer> CancelAsync() => _relay!.AskAsync(HttpMethod.Delete, $"/bookings/{_id}", _key);

    private Task<object?> PhoneAsync() => services.ExecuteAsync($"SELECT phone FROM bookings WHERE id = '{_id}'");

    private async Task<Answer> StateAsync(string state)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(async () => (answer = await LookAsync())["state"] == state, $"the booking is {state}");
        return answer!;
    }
}
