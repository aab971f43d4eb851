using TaximeterAgent.Simulator.Fleet;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What must hold between the taxi app, the relay, the broker and the car in every scenario. Without a cloud side there is nothing to find.</summary>
internal static class FleetInvariants
{
    private const string Book = "book";
    private const string Cancel = "cancel";

    /// <summary>What holds at every moment.</summary>
    public static IReadOnlyList<Func<Evidence, IEnumerable<string>>> Always { get; } =
    [
        NothingForgedIsInTheCarsQueue,
        ABookingIsReservedAtMostOnce,
        TheBookingsCustomerIsAskedForItsMaximum,
        InCarIsSaidOnlyOfWhatTheCarWasGiven,
        NobodyIsAskedForABookingThatWasCancelledFirst,
        ACancellationIsRefusedOnlyAfterTheFare,
    ];

    /// <summary>What must have come about when all is done.</summary>
    public static IReadOnlyList<Func<Evidence, IEnumerable<string>>> InTheEnd { get; } =
    [
        EveryBookingThatWasTakenReachesTheCar,
        WhatIsInTheCarIsReserved,
        NothingIsKeptOfACancelledBooking,
    ];

    public static IEnumerable<string> NothingForgedIsInTheCarsQueue(Evidence evidence) =>
        from hint in evidence.Fleet.Hints
        where !evidence.Payments.Any(payment => payment.Reference == hint.Reference && payment.Events.Any(one => one.Name == hint.Event))
        select $"the car's queue was given {hint.Event} of {hint.Reference}, which never happened";

    public static IEnumerable<string> ABookingIsReservedAtMostOnce(Evidence evidence) =>
        from booking in Bookings(evidence)
        let reserved = Reservations(evidence, booking).Count()
        where reserved > 1
        select $"booking {booking} was reserved {reserved} times";

    public static IEnumerable<string> TheBookingsCustomerIsAskedForItsMaximum(Evidence evidence) =>
        from booking in evidence.Fleet.Taken
        from payment in Reservations(evidence, booking.Id)
        where payment.PhoneNumber != booking.Msisdn || payment.Amount != booking.Maximum
        select $"payment {payment.Reference} is of {payment.Amount} with another customer or another sum than booking {booking.Id} names";

    public static IEnumerable<string> InCarIsSaidOnlyOfWhatTheCarWasGiven(Evidence evidence) =>
        from booking in SaidToBeInTheCar(evidence)
        where !evidence.Fleet.Orders.Any(order => order.Kind == Book && order.Booking == booking)
        select $"the app was told that booking {booking} is in the car, and it was never in the car's queue";

    public static IEnumerable<string> NobodyIsAskedForABookingThatWasCancelledFirst(Evidence evidence) =>
        from booking in Bookings(evidence)
        let order = evidence.Fleet.Orders.FirstOrDefault(order => order.Booking == booking)
        let answer = evidence.Fleet.Answers.FirstOrDefault(answer => answer.Booking == booking)
        where order?.Kind == Cancel || answer is { Method: "DELETE", Status: 200 }
        from payment in Reservations(evidence, booking)
        select $"payment {payment.Reference} asked a customer for booking {booking}, which was cancelled before it came";

    public static IEnumerable<string> ACancellationIsRefusedOnlyAfterTheFare(Evidence evidence) =>
        from answer in evidence.Fleet.Answers
        where answer.Word == "has-fare" && !evidence.Meter.Acknowledged.Any(fare => fare.Booking == answer.Booking && fare.At <= answer.At)
        select $"the cancellation of booking {answer.Booking} was refused for a fare that had not come";

    public static IEnumerable<string> EveryBookingThatWasTakenReachesTheCar(Evidence evidence)
    {
        foreach (TakenBooking booking in evidence.Fleet.Taken)
        {
            if (!evidence.Fleet.Orders.Any(order => order.Kind == Book && order.Booking == booking.Id))
                yield return $"booking {booking.Id} was taken from the app and never came into the car's queue";
        }

        if (evidence.Fleet.OrdersWaiting > 0)
            yield return $"{evidence.Fleet.OrdersWaiting} bookings or cancellations wait in the car's queue";
    }

    public static IEnumerable<string> WhatIsInTheCarIsReserved(Evidence evidence) =>
        from booking in evidence.Fleet.Taken
        where booking.Maximum is not null && SaidToBeInTheCar(evidence).Contains(booking.Id) && !IsCancelled(evidence, booking.Id) && !Reservations(evidence, booking.Id).Any()
        select $"the app was told that booking {booking.Id} is in the car, and nothing was reserved for it";

    public static IEnumerable<string> NothingIsKeptOfACancelledBooking(Evidence evidence) =>
        from booking in Bookings(evidence)
        where IsCancelled(evidence, booking)
        from payment in Reservations(evidence, booking)
        where payment.Kept != 0
        select $"payment {payment.Reference} keeps {payment.Kept} of booking {booking}, which was cancelled";

    private static IEnumerable<string> Bookings(Evidence evidence) => evidence.Fleet.Taken.Select(booking => booking.Id).Union(evidence.Fleet.Orders.Select(order => order.Booking));

    private static IEnumerable<PaymentFacts> Reservations(Evidence evidence, string booking) =>
        evidence.Payments.Where(payment => payment.Metadata.GetValueOrDefault("booking") == booking);

    private static IEnumerable<string> SaidToBeInTheCar(Evidence evidence) => evidence.Fleet.Answers.Where(answer => answer.Word == "in-car").Select(answer => answer.Booking).Distinct();

    private static bool IsCancelled(Evidence evidence, string booking) =>
        evidence.Fleet.Answers.Any(answer => answer.Booking == booking && answer is { Method: "DELETE", Word: "cancelled" or "cancelling" });
}
