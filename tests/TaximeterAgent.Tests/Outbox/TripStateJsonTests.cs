using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.Tests.Masking;

namespace TaximeterAgent.Tests.Outbox;

public sealed class TripStateJsonTests
{
    // What it reads has to be a document of this version: a name that changes there is unknown here.
    [Fact]
    public void What_is_made_ready_ahead_can_be_read() => TripStateJson.Prepare();

    [Fact]
    public void A_wish_for_a_code_names_nobody_and_is_read_back_as_one()
    {
        var state = new TripState { Trip = Examples.Trip(), Wish = new Wish(null, Replace: true), ByCode = true };

        Assert.Equal(state.Wish, TripStateJson.Read(1, TripStateJson.Write(state)).Wish);
        Assert.False(TripStateJson.HasPhones(state));
    }

    [Fact]
    public void A_state_in_which_everything_is_set_is_read_back_whole()
    {
        var state = Full();
        NothingIsDefault(state);
        var read = TripStateJson.Read(1, TripStateJson.Write(state));
        Assert.Equal(state.Attempts.Select(a => a with { Pending = null, ReceiptPending = null, Failures = 0, ReadFirst = false }), read.Attempts);
        Assert.Equal((state with { Attempts = [] }).ToString(), (read with { Attempts = [] }).ToString());
        Assert.Equal(state.Fare, read.Fare);
        Assert.True(state.Booking!.SameContent(read.Booking!));
        Assert.Equal(state.Phone, read.Phone);
        Assert.Equal(state.Wish, read.Wish);
    }

    [Fact]
    public void What_a_restart_makes_anew_does_not_change_the_bytes()
    {
        var state = Examples.Open();
        var busy = state with
        {
            Attempts =
            [
                state.Attempts[0] with { Pending = new("x", OperationKind.Query), ReceiptPending = new("y", OperationKind.PostReceipt), Failures = 3, ReadFirst = true },
            ],
        };
        Assert.Equal(TripStateJson.Write(state), TripStateJson.Write(busy));
        Assert.Equal(TripStateJson.Write(state), TripStateJson.Write(TripStateJson.Durable(busy)));
        Assert.NotEqual(TripStateJson.Write(state), TripStateJson.Write(state with { OtherWay = true }));
    }

    [Fact]
    public void States_count_as_the_same_exactly_if_their_bytes_are()
    {
        var full = Full();
        Assert.True(TripStateJson.SameWhenStored(full, Full()));
        var others = Others(full).Concat(Others(full.Attempts[0]).Select(attempt => full with { Attempts = [attempt, .. full.Attempts[1..]] })).ToList();
        Assert.True(others.Count > 40);
        foreach (var other in others.Append(full with { Attempts = [] }).Append(full with { Attempts = [.. full.Attempts, full.Attempts[0]] }).Append(new TripState()))
        {
            var sameBytes = TripStateJson.Write(full).AsSpan().SequenceEqual(TripStateJson.Write(other));
            Assert.True(sameBytes == TripStateJson.SameWhenStored(full, other), $"{other}");
        }
    }

    // Copies in each of which another property has its default.
    private static IEnumerable<T> Others<T>(T whole)
        where T : class
    {
        var copy = typeof(T).GetMethod("<Clone>$")!;
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && property.PropertyType != typeof(ImmutableArray<Attempt>)))
        {
            // What a payment cannot be without.
            if (property.Name is "Reference" or "SalesUnit" or "Amount")
                continue;
            var other = (T)copy.Invoke(whole, null)!;
            property.SetValue(other, property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null);
            yield return other;
        }
    }

    [Fact]
    public void A_new_state_takes_next_to_no_room() => Assert.Equal("{}", Encoding.UTF8.GetString(TripStateJson.Write(new TripState())));

    [Fact]
    public void The_form_on_disk_stays_as_it_is()
    {
        // A change here is a new schema version with a migration.
        const string expected =
            """
            {"trip":{"meter":"meter-7","trip":"1","start":"2026-11-03T11:31:00+01:00"},"fare":{"total":"34500 NOK","fareAmount":"31000 NOK","supplements":"2500 NOK","tip":"1000 NOK","vat":1200,"supplementsVat":1200,"finish":"2026-11-03T12:00:00+01:00","distance":12345,"tariff":"2","driver":"Åse","phone":"4791234567"},"phone":"4791234567","attempts":[{"kind":"Request","number":1,"reference":"REFERENCE","baseUrl":"https://apitest.vipps.no","msn":"123456","amount":"34500 NOK","phone":"4791234567","createId":"in-1-1-1"}]}
            """;
        Assert.Equal(expected.Replace("REFERENCE", Examples.Reference().ToString(), StringComparison.Ordinal), Encoding.UTF8.GetString(TripStateJson.Write(Examples.Open())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"settled":"Barter"}""")]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""{"phone":"12"}""")]
    [InlineData("""{"phone":4791234567}""")]
    [InlineData("""{"trip":{"meter":"m","trip":"t"}}""")]
    [InlineData("""{"trip":{"meter":"m","trip":"t","start":""}}""")]
    [InlineData("""{"attempts":[{"kind":"Request","number":1}]}""")]
    [InlineData("""{"attempts":[null]}""")]
    [InlineData("""{"word":{"number":1,"kind":"Paid","amount":3}}""")]
    [InlineData("""{"booking":{"id":"b","currency":"NOK","maximum":"100 EUR"}}""")]
    [InlineData("""{"booking":{"id":"b","currency":"NOK","maximum":"-100 NOK"}}""")]
    [InlineData("""{"booking":{"id":"b","currency":"NOK","maximum":"1000000000 NOK"}}""")]
    public void What_is_no_state_is_refused_by_the_trips_key(string json)
    {
        var refused = Assert.Throws<TripStateUnreadableException>(() => TripStateJson.Read(4711, Encoding.UTF8.GetBytes(json)));
        Assert.Contains("4711", refused.Message, StringComparison.Ordinal);
        Assert.Equal(4711, refused.Key);
    }

    [Theory]
    [InlineData("""{"phone":"48 765 43 210"}""")]
    [InlineData("""{"booking":{"id":"b","currency":"NOK","maximum":"+47 487 65 432"}}""")]
    [InlineData("""{"word":{"number":1,"kind":"4748765432","amount":3}}""")]
    public void What_it_says_of_a_damaged_state_quotes_no_number(string json)
    {
        var refused = Assert.Throws<TripStateUnreadableException>(() => TripStateJson.Read(4711, Encoding.UTF8.GetBytes(json)));
        Assert.DoesNotContain("876543", PlantedNumbers.Squeezed(refused.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fare_whose_parts_do_not_add_up_is_refused()
    {
        var json = Encoding.UTF8.GetString(TripStateJson.Write(Examples.Open())).Replace("31000 NOK", "31001 NOK", StringComparison.Ordinal);
        Assert.Throws<TripStateUnreadableException>(() => TripStateJson.Read(1, Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void A_wiped_state_has_no_digits_and_all_of_its_money()
    {
        var wiped = TripStateJson.Read(1, TripStateJson.Write(TripStateJson.WithoutPhones(Full())));
        Assert.DoesNotContain(Examples.Digits, Encoding.UTF8.GetString(TripStateJson.Write(wiped)), StringComparison.Ordinal);
        Assert.False(TripStateJson.HasPhones(wiped));
        Assert.Equal(Full().Kept, wiped.Kept);
        Assert.Equal(Full().Fare!.Total, wiped.Fare!.Total);
        Assert.Equal("b-1", wiped.Booking!.Id);
        Assert.Equal("", wiped.Booking.Phone.Masked);
    }

    private static TripState Full() => new()
    {
        Trip = Examples.Trip(),
        Fare = new Fare(Examples.Trip(), Examples.Nok(34_500), Examples.Nok(31_000), Examples.Nok(2_500), Examples.Nok(1_000), 1_200, 2_500)
        {
            Finish = "2026-11-03T12:00:00+01:00",
            Distance = 12_345,
            Tariff = "2",
            Driver = "Åse \"<&>'",
            Phone = Examples.Phone,
            Booking = "b-1",
        },
        Booking = new Booking("b-1", Examples.Phone, Currency.DKK, new Money(50_000, Currency.DKK)) { Pickup = "Søndre gate 1" },
        Phone = Examples.Phone,
        ByCode = true,
        Settled = SettledBy.Cash,
        ReservationEnd = ReservationEnd.NoShow,
        OtherWay = true,
        Wish = new Wish(Examples.Phone, Replace: true),
        Question = Question.ApprovedMeanwhile,
        OnlyOnRequest = true,
        Unrequestable = true,
        RequestTooOld = true,
        Probe = true,
        Orphan = new Orphan(Examples.Reference()) { Booking = "B-1", ReleaseDue = true, NotOurs = true, LetGo = true },
        Attempts =
        [
            new Attempt
            {
                Kind = AttemptKind.Reservation,
                Number = 2,
                Reference = Examples.Reference(),
                SalesUnit = Examples.SalesUnit,
                Amount = Examples.Nok(34_500),
                Phone = Examples.Phone,
                ByCode = true,
                Link = "https://qr.example/1",
                Existence = Existence.Probing,
                CreateId = "in-1",
                TooOld = true,
                Certain = true,
                CertainAt = Examples.Noon.AddTicks(1),
                ExpiresAt = Examples.Noon.AddTicks(2),
                State = PaymentState.Authorized,
                Authorized = 9,
                Captured = 7,
                Cancelled = 1,
                Refunded = 3,
                ToldPaid = true,
                GuaranteePast = true,
                CaptureAnyway = true,
                Uncapturable = Ending.Expired,
                Gone = true,
                Withdraw = true,
                Undo = true,
                Ending = Ending.Foreign,
                FinalReadDue = true,
                ReadFirst = true,
                Pending = new Pending("p", OperationKind.Capture),
                ReceiptPending = new Pending("r", OperationKind.PostReceipt),
                Capture = new MoneyCall("c", 5, 2) { Unknown = true },
                Refund = new MoneyCall("d", 6, 1) { Unknown = true },
                Receipt = ReceiptState.Due,
                Failures = 4,
                Refusals = 5,
                ReceiptFailures = 6,
            },
            Examples.Attempt(1, 2) with { Ending = Ending.Aborted },
        ],
        Word = new Word(3, WordKind.Unpaid, Examples.Reference()) { Amount = 1, Due = 2, Reason = UnpaidReason.Expired, Acknowledged = true },
        RefundTarget = 8,
        RefundRefused = true,
        Stopped = "cannot be",
        Held = true,
        GivenUp = true,
    };

    // A property that Core gets tomorrow is not set above, and is caught here before it is forgotten on disk.
    private static void NothingIsDefault(object value)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite || value is Fare or Booking))
        {
            var part = property.GetValue(value);
            var nothing = part is null or "" or 0 or 0L or false || (part.GetType().IsEnum && Convert.ToInt64(part, null) == 0 && property.Name != nameof(Attempt.Kind));
            Assert.False(nothing, $"{value.GetType().Name}.{property.Name} is not set: is it stored?");
            if (part is ImmutableArray<Attempt> attempts)
                NothingIsDefault(attempts[0]);
            else if (part!.GetType().Namespace!.StartsWith("TaximeterAgent.Core", StringComparison.Ordinal) && part.GetType() is { IsClass: true })
                NothingIsDefault(part);
        }
    }
}
