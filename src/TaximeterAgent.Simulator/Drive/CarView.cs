using Spectre.Console;
using Spectre.Console.Rendering;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>How the car looks on a terminal of a given size: a pure function.</summary>
internal static class CarView
{
    public const int LeastColumns = 80;
    public const int LeastRows = 24;

    /// <summary>From here on there is room for what happened.</summary>
    private const int RowsForEvents = 32;

    private const int TitleRows = 1;
    private const int HintRows = 3;
    private const int MiddleRows = 9;
    private const int HelpRows = 2;
    private const int ButtonsALine = 2;
    private const int ButtonWidth = 10;

    private static readonly Style Pale = new(Color.Grey);
    private static readonly Style Strong = new(decoration: Decoration.Bold);
    private static readonly Style Key = new(Color.Yellow, decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green, decoration: Decoration.Bold);
    private static readonly Style Bad = new(Color.Red, decoration: Decoration.Bold);
    private static readonly Style Busy = new(Color.Yellow);
    private static readonly Style Lit = new(Color.Black, Color.Green);
    private static readonly Style Title = new(decoration: Decoration.Invert);

    public static IRenderable Of(CarModel car, int columns, int rows)
    {
        if (columns < LeastColumns || rows < LeastRows)
            return TooSmall(car, columns, rows);
        int extra = columns - LeastColumns;
        int events = rows >= RowsForEvents ? (rows - LeastRows) * 3 / 4 : 0;
        List<Layout> parts =
        [
            Place(TitleRows, TitleOf(car, columns)),
            Place(HintRows, Panel("Next", HintOf(car), Busy)),
            new Layout().Size(MiddleRows).SplitColumns(
                Place(26 + (extra / 4), Panel("Taximeter", MeterOf(car))),
                Place(28 + (extra / 4), Panel("Driver's display", DisplayOf(car, 28 + (extra / 4)))),
                new Layout(Panel("Customer's phone", PhoneOf(car), car.Phone.Push == Push.Asked ? Busy : null))),
            new Layout().SplitColumns(
                Place(20, Panel("Car", BoardOf(car))),
                Place(29 + (extra / 2), Panel("Agent's outbox", OutboxOf(car))),
                new Layout(Panel("Vipps MobilePay's ledger", LedgerOf(car, wide: extra >= 30)))),
        ];
        if (events > 0)
            parts.Add(Place(events, Panel("What happens", EventsOf(car, events - 2))));
        parts.Add(Place(HelpRows, HelpOf(car, columns)));
        return new Layout().SplitRows([.. parts]);
    }

    /// <summary>An amount as it is written here: <c>345,00 kr</c>.</summary>
    public static string Money(long minorUnits) => ScreenWords.Amount(minorUnits) + " kr";

    private static Layout Place(int size, IRenderable content) => new Layout(content).Size(size);

    private static Panel Panel(string title, Face content, Style? border = null) =>
        new(content) { Header = new PanelHeader($" {title} "), Border = BoxBorder.Rounded, BorderStyle = border ?? Pale, Expand = true };

    private static Face TooSmall(CarModel car, int columns, int rows)
    {
        string leave = car.AsksToLeave ? "a payment is open: y leaves" : "q quits";
        string[] lines = ["make the window larger", $"{LeastColumns}x{LeastRows} at least, this is {columns}x{rows}", leave];
        var face = new Face();
        for (int above = 0; above < (rows - lines.Length) / 2; above++)
            face.Line();
        foreach (string line in lines.Take(rows))
            face.Line(new string(' ', Math.Max(0, (columns - line.Length) / 2)) + line);
        return face;
    }

    private static Face TitleOf(CarModel car, int columns)
    {
        string left = $" {AgentConfiguration.CarId}: a car to drive";
        string right = $"{car.Folder} ({(car.Kept ? "kept" : "removed at the end")}) ";
        int room = columns - left.Length - 2;
        right = Face.Cut(right, room);
        return new Face().Line(left + new string(' ', columns - left.Length - right.Length) + right, Title);
    }

    private static Face HintOf(CarModel car)
    {
        var hint = Hint.Of(car);
        Face face = new Face().Line();
        if (hint.Keys.Length > 0)
            face.Add("▶ Press ", Strong).Add(hint.Keys, Key).Add("   ").Add(hint.Text, Strong);
        else
            face.Add("  ").Add(hint.Text, Busy);
        return face;
    }

    private static Face MeterOf(CarModel car)
    {
        MeterFace meter = car.Meter;
        (string position, Style style) = meter.Position switch
        {
            Position.Hired => ("HIRED", Busy),
            Position.Stopped => ("STOPPED", Bad),
            _ => ("FOR HIRE", Good),
        };
        Face face = new Face().Line($"{position,-9}", style).Add(meter.Trip is null ? "" : "trip " + meter.Trip, Pale);
        face.Line($"{(meter.Trip is null ? "" : Money(meter.Amount)),20}", Strong);
        WordOf(meter, face);
        return ButtonsOf(car, Part.Meter, face.Line());
    }

    private static void WordOf(MeterFace meter, Face face)
    {
        switch (meter.Word)
        {
            case FareWord.Due:
                face.Line($"{"is due",20}", Busy);
                break;
            case FareWord.Paid:
                face.Line($"{"PAID",20}", Good);
                break;
            case FareWord.Unpaid:
                face.Line($"{"UNPAID: " + meter.Reason,20}", Bad);
                break;
            case FareWord.Cash:
                face.Line($"{"paid in cash",20}", Good);
                break;
            case FareWord.Refunded:
                face.Line($"{"REFUNDED",20}", Good);
                break;
            default:
                face.Line(meter.Booking is null ? "" : "booked: " + meter.Booking, Busy);
                break;
        }
    }

    private static Face DisplayOf(CarModel car, int width)
    {
        bool lit = car.Board.Power != Power.Off;
        int columns = car.Display.Count > 0 ? car.Display[0].Length : 16;
        string indent = new(' ', Math.Max(0, (width - 4 - columns - 2) / 2));
        var face = new Face();
        face.Line(indent + "┌" + new string('─', columns) + "┐", Pale);
        foreach (string line in car.Display)
            face.Line(indent + "│", Pale).Add(line, lit ? Lit : Pale).Add("│", Pale);
        face.Line(indent + "└" + new string('─', columns) + "┘", Pale);
        return ButtonsOf(car, Part.Pad, face);
    }

    private static Face PhoneOf(CarModel car)
    {
        PhoneFace phone = car.Phone;
        Face face = new Face().Line(phone.Number, Strong);
        if (phone.Others > 0)
            face.Add($"  (+{phone.Others} more)", Busy);
        face.Line("────────────────────", Pale);
        if (phone.Push == Push.None)
            return ButtonsOf(car, Part.Phone, face.Line("no message", Pale).Line().Line().Line());
        face.Line("Vipps MobilePay", Strong);
        string what = (phone.Push == Push.Asked, phone.Reservation) switch
        {
            (true, true) => "May we reserve",
            (true, false) => "Please approve",
            (false, true) => "Reservation of",
            _ => "Payment of",
        };
        face.Line(what, Pale);
        face.Line($"  {Money(phone.Amount)}", Strong);
        switch (phone.Push)
        {
            case Push.Asked:
                face.Line("to your taxi?", Pale);
                break;
            case Push.Approved:
                face.Line("✓ approved", Good);
                break;
            case Push.Paid:
                face.Line("✓ paid", Good).Add(phone.HasReceipt ? ", with receipt" : "", Pale);
                break;
            case Push.Refused:
                face.Line("✗ refused", Bad);
                break;
            case Push.Expired:
                face.Line("✗ too late", Bad);
                break;
            case Push.Refunded:
                face.Line("✓ given back", Good);
                break;
            case Push.Released:
                face.Line("✓ taken back", Pale);
                break;
        }

        return ButtonsOf(car, Part.Phone, face);
    }

    private static Face BoardOf(CarModel car)
    {
        (string word, Style style) = car.Board.Power switch
        {
            Power.On => ("ON", Good),
            Power.Starting => ("starts", Busy),
            _ => ("OFF", Bad),
        };
        Face face = new Face();
        Button(car, "i", face.Line()).Add("  ").Add(word, style);
        face.Line(car.Board.Process is { } process ? $"  process {process}" : "  no power", Pale);
        Button(car, "n", face.Line()).Add("   ").Add(car.NetworkOn ? "ON" : "OFF", car.NetworkOn ? Good : Bad);
        face.Line();
        face.Line(car.Violations == 0 ? "no rule broken" : $"{car.Violations} rules broken", car.Violations == 0 ? Pale : Bad);
        return face;
    }

    private static Face OutboxOf(CarModel car)
    {
        OutboxFace outbox = car.Outbox;
        var face = new Face();
        string commits = outbox.Commits == 1 ? "1 commit on disk" : $"{outbox.Commits} commits on disk";
        if (!outbox.Known)
            return face.Line(car.Board.Power == Power.Off ? "the agent is off" : "the agent does not answer", Pale).Line(commits, Pale);
        if (outbox.Writable)
            face.Line(outbox.Online ? "online  " : "offline ", outbox.Online ? Good : Bad);
        else
            face.Line("disk full ", Bad);
        face.Add($"{outbox.Operations} to do", outbox.Operations > 0 ? Busy : Pale).Add(outbox.OnTheirWay > 0 ? $", {outbox.OnTheirWay} sent" : "", Busy);
        face.Line(commits, Pale);
        foreach (OutboxTrip trip in outbox.Trips)
        {
            string total = trip.Total is { } due ? ScreenWords.Amount(due) : "";
            face.Line($"{trip.Label,-5} ").Add($"{total,7} ", Strong).Add(trip.Text, trip.Open ? Busy : trip.Text == "paid" ? Good : Pale);
        }


        return face;
    }

    private static Face LedgerOf(CarModel car, bool wide)
    {
        var face = new Face();
        if (car.Ledger.Count == 0)
            return face.Line("no payment yet", Pale);
        foreach (LedgerFace payment in car.Ledger)
        {
            Style style = payment.State switch
            {
                "CAPTURED" or "REFUNDED" => Good,
                "CREATED" or "AUTHORIZED" => Busy,
                _ => Pale,
            };
            face.Line($"{payment.Label,-7}").Add($"{ScreenWords.Amount(payment.Amount),8} ", Strong).Add($"{payment.State,-10}", style);
            if (wide)
                face.Add($" {payment.Number}{(payment.HasReceipt ? " receipt" : "")}", Pale);
        }

        return face;
    }

    private static Face EventsOf(CarModel car, int rows)
    {
        var face = new Face();
        foreach (string line in car.Events.Skip(Math.Max(0, car.Events.Count - rows)))
            face.Line(line, Pale);
        return face;
    }

    private static Face HelpOf(CarModel car, int columns)
    {
        var face = new Face();
        if (car.Notice is { } notice)
            return face.Line(" " + notice, Bad).Line();
        int used = columns;
        bool padShown = false;
        foreach (CarAction action in CarAction.All)
        {
            // The pad's keys have their names beside it; here they are one.
            if (action.Part == Part.Pad && padShown)
                continue;
            padShown |= action.Part == Part.Pad;
            if (used + WidthOf(action) + 2 > columns)
            {
                face.Line(" ");
                used = 1;
            }

            Button(car, action, face).Add("  ");
            used += WidthOf(action) + 2;
        }

        return face;
    }

    private static Face ButtonsOf(CarModel car, Part part, Face face)
    {
        int number = 0;
        foreach (CarAction action in CarAction.All.Where(action => action.Part == part))
        {
            if (number++ % ButtonsALine == 0)
                face.Line();
            else
                face.Add("  ");
            Button(car, action, face).Add(new string(' ', Math.Max(0, ButtonWidth - WidthOf(action))));
        }

        return face;
    }

    private static int WidthOf(CarAction action) => action.Name.Length + 1 + action.Does.Length;

    private static Face Button(CarModel car, string name, Face face) => Button(car, CarAction.All.First(action => action.Name == name), face);

    private static Face Button(CarModel car, CarAction action, Face face)
    {
        bool possible = action.Possible(car);
        return face.Add(action.Name, possible ? Key : Pale).Add(" " + action.Does, possible ? Style.Plain : Pale);
    }
}
