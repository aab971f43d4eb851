using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Control;

/// <summary>
/// Whether a refund can be ordered. Checked before the order is taken, because <see cref="TripPayment"/> passes over an order that it cannot follow, and a person
/// wants to know why.
/// </summary>
/// <param name="State">The trip that was looked at.</param>
/// <param name="Total">Minor units that shall have been refunded in all.</param>
/// <param name="New">False if the same was ordered, or has happened, already.</param>
/// <param name="Problem">Why not.</param>
internal sealed record RefundCheck(TripState State, long Total, bool New, Problem? Problem)
{
    /// <summary>The total with its currency. A trip with something captured always has one.</summary>
    public Money Amount => new(Total, Currency(State));

    /// <param name="state">The trip.</param>
    /// <param name="total">Null for all that was captured.</param>
    public static RefundCheck Of(TripState state, long? total)
    {
        var captured = state.Attempts.Sum(attempt => attempt.Counted);
        var wanted = total ?? captured;
        var before = Math.Max(state.RefundTarget, state.Refunded);
        return new RefundCheck(state, wanted, wanted > before, Refusal());

        Problem? Refusal()
        {
            if (state.Stopped is not null)
                return Problem.NotPossible("stopped", "The trip is stopped because its state cannot be; a technician has to look before anything is sent for it.");
            if (state.GivenUp)
                return Problem.NotPossible("given-up", "A technician has closed this trip over what could not be settled. Resolve it once more, and what is left is tried anew.");
            if (captured == 0)
                return Problem.NotPossible("nothing-captured", "Nothing was captured for this trip, so there is nothing to refund.");
            if (wanted < 1)
                return Problem.BadRequest("\"amount\" is 1 or more, in minor units.");
            if (wanted > captured)
                return Problem.NotPossible("more-than-captured", $"{Shown(wanted)} is more than was captured: {Shown(captured)}.");
            if (wanted < before)
            {
                return Problem.NotPossible(
                    "less-than-before",
                    $"{Shown(before)} was refunded or ordered already. The amount is what shall have been refunded in all, so {Shown(wanted)} would take a refund back.");
            }

            if (state.RefundRefused && wanted == state.RefundTarget && wanted > state.Refunded)
                return Problem.NotPossible("refused", $"The service refuses to refund {Shown(wanted)} of this trip; its history says why. Give the money back another way.");
            return null;
        }

        string Shown(long minorUnits) => new Money(minorUnits > Money.Maximum ? Money.Maximum : minorUnits, Currency(state)).ToString();
    }

    private static Currency Currency(TripState state) => state.Fare?.Total.Currency ?? state.Attempts[0].Amount.Currency;
}
