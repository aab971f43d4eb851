using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulation;

/// <summary>A payment as the server's own events tell it.</summary>
internal sealed class PaymentTruth(string reference, string subject, long amount, long createdAt)
{
    public string Reference { get; } = reference;

    /// <summary><c>trip meter/trip/start</c> or <c>booking B</c>, by its metadata.</summary>
    public string Subject { get; } = subject;

    public long Amount { get; } = amount;

    public long CreatedAt { get; } = createdAt;

    /// <summary>The customer can still approve it.</summary>
    public bool Open { get; private set; } = true;

    public long Authorized { get; private set; }

    public long Captured { get; private set; }

    public long Cancelled { get; private set; }

    public long Refunded { get; private set; }

    /// <summary>What <see cref="Captured"/> has come to, each time that it grew.</summary>
    public List<long> CapturedOnce { get; } = [];

    /// <summary>What <see cref="Refunded"/> has come to, each time that it grew.</summary>
    public List<long> RefundedOnce { get; } = [];

    public long Reserved => Authorized - Captured - Cancelled;

    /// <summary>It can still be approved or captured.</summary>
    public bool IsLive => Open || Reserved > 0;

    /// <summary>The agent has been told that it is approved.</summary>
    public bool ReadAsApproved { get; set; }

    /// <summary>Its receipt was refused by a fault of the world.</summary>
    public bool ReceiptExcused { get; set; }

    public void Take(LedgerEvent e)
    {
        switch (e.Name)
        {
            case "AUTHORIZED" when e.Success:
                Open = false;
                Authorized = e.Amount;
                break;
            case "ABORTED" or "EXPIRED" or "TERMINATED":
                Open = false;
                break;
            case "CAPTURED":
                Captured += e.Amount;
                CapturedOnce.Add(Captured);
                break;
            case "CANCELLED":
                Cancelled += e.Amount;
                break;
            case "REFUNDED":
                Refunded += e.Amount;
                RefundedOnce.Add(Refunded);
                break;
        }
    }
}

/// <summary>The last thing that the agent said to the meter of a trip.</summary>
internal sealed record LastWord(string Kind, long Amount, long At);

/// <summary>A trip as the world knows it.</summary>
internal sealed class TripTruth(TripFare fare)
{
    public TripFare Fare { get; } = fare;

    public TripKey Key => Fare.Key;

    public string Subject { get; } = "trip " + fare.Key;

    /// <summary>The booking whose reservation is this trip's: it was the first to name it.</summary>
    public string? Reservation { get; set; }

    /// <summary>The meter has said what it comes to.</summary>
    public bool Said { get; set; }

    /// <summary>The agent has put an ACK of its FARE on the line.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>The agent has put an ACK of its VOID on the line, when; from then on it owes nothing.</summary>
    public long? VoidAcknowledgedAt { get; set; }

    /// <summary>What the agent has last put on the line of it.</summary>
    public LastWord? Word { get; set; }

    /// <summary>What PAID said, if it was said.</summary>
    public long? PaidSaid { get; set; }

    /// <summary>What a technician has ordered to be given back in all.</summary>
    public long RefundOrdered { get; set; }

    /// <summary>Since when a technician was answered that the trip is held; null while it is not, or may have been released.</summary>
    public long? HeldSince { get; set; }

    /// <summary>A technician has ordered that it counts as paid otherwise, whether or not that is stored.</summary>
    public bool ResolveOrdered { get; set; }

    /// <summary>When a technician was answered that it counts as paid otherwise; from then on it owes nothing.</summary>
    public long? ResolvedAt { get; set; }

    public bool Owns(PaymentTruth payment) => payment.Subject == Subject || (Reservation is { } booking && payment.Subject == "booking " + booking);
}
