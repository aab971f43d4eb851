namespace TaximeterAgent.Fuzz;

/// <summary>Prints receipts of the layouts that the agent has templates for; it knows what it prints, and nothing of how that is read.</summary>
internal static class ReceiptPress
{
    /// <summary>The layouts' templates, by the layouts' places.</summary>
    public static IReadOnlyList<string> Layouts { get; } = [.. ReceiptLayout.All.Select(layout => layout.Template)];

    /// <summary>A receipt.</summary>
    /// <param name="dice">What is on it.</param>
    /// <param name="layout">One of <see cref="Layouts"/>, by its place.</param>
    public static PressedReceipt Print(Dice dice, int layout)
    {
        var fare = 100 + dice.Below(dice.OneIn(10) ? 3_000_000 : 90_000);
        var supplement = dice.OneIn(2) ? 100 + dice.Below(20_000) : 0;
        var tip = dice.OneIn(4) ? 100 + dice.Below(9_000) : 0;
        var trip = 1_000 + dice.Below(9_000);
        var start = new DateTime(2026, 11, 21, 0, 0, 0).AddMinutes(dice.Below(500_000));
        var finish = start.AddMinutes(1 + dice.Below(120));
        var ride = new PressedRide(trip, start, finish, fare, supplement, tip);
        return new PressedReceipt(ride.Total, ReceiptLayout.All[layout].Pieces(ride));
    }
}

/// <summary>What is on a receipt; amounts in minor units.</summary>
internal sealed record PressedRide(int Trip, DateTime Start, DateTime Finish, int Fare, int Supplement, int Tip)
{
    public int Total => Fare + Supplement + Tip;

    /// <summary>The tax within what is no tip.</summary>
    public int Vat(int percent) => (int)Math.Round((Total - Tip) * percent / (100m + percent));
}

/// <param name="Total">What is printed on it, minor units.</param>
/// <param name="Pieces">Its bytes: the beginning, each line, the end.</param>
internal sealed record PressedReceipt(int Total, IReadOnlyList<byte[]> Pieces)
{
    public byte[] Bytes => [.. Pieces.SelectMany(piece => piece)];
}
