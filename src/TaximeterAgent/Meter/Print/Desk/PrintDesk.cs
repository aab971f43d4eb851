using System.Text.Json;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Meter.Print.Desk;

/// <summary>
/// Takes what a meter prints to the trips. What is read without doubt is a fare; of everything else the driver is shown what was read and is asked, and nothing is
/// charged without an answer. The meter can be told nothing. Lives on the engine's thread.
/// </summary>
internal sealed class PrintDesk(PrintOptions options, MeterDesk meter, TripBook book, Func<string, string?> setting, IIdSource ids, TimeProvider time) : IAmountsToAsk
{
    /// <summary>Prints that wait to be answered for. Of more the oldest is let go, and the history says so.</summary>
    public const int AskedMaximum = 10;

    /// <summary>Answered prints that are known again.</summary>
    private const int AnsweredMaximum = 20;

    private const string Setting = "printing-meter";

    private const int SeriesLength = 6;

    private readonly EscPosReader _reader = new(options.Template.Printer);
    private readonly List<PrintedText> _taken = [];
    private readonly List<PrintedText> _missed = [];
    private PrintState _state = new() { Series = "" };
    private long? _quietAt;

    /// <summary>True while the line is open; there is no other sign of life.</summary>
    public bool Heard { get; set; }

    /// <summary>Told of each print, and what was made of it.</summary>
    public event Action<ReceiptReading, string>? Printed;

    public PrintTally Tally { get; private set; }

    /// <summary>When the silence is long enough to end a print; a monotonic timestamp, null while nothing is printed.</summary>
    public long? NextDue => _quietAt;

    public IEnumerable<AskedAmount> Waiting => _state.Asked.Select(Amount);

    public AskedAmount? Last => _state.Asked is [.., var last] && last.Number == _state.Count ? Amount(last) : null;

    public AskedAmount? Asked(long number) => Find(number) is { } asked ? Amount(asked) : null;

    /// <summary>Bytes of the printer's line.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_reader.Take(value))
                End();
        }

        _quietAt = _reader.IsEmpty ? null : time.After(options.Quiet);
    }

    /// <summary>Bytes were lost on their way here: what is being printed is in doubt.</summary>
    public void Lost() => _reader.Lose();

    /// <summary>Ends the print that is over by silence.</summary>
    public void OnDue()
    {
        if (_quietAt is not { } due || time.GetTimestamp() < due)
            return;
        _quietAt = null;
        End();
    }

    /// <summary>Reads what is stored; at the start, and when the store has room again. What was printed while it had none is taken now.</summary>
    public void Resume()
    {
        _state = Stored() ?? new PrintState { Series = ids.NewId()[..SeriesLength] };
        List<PrintedText> missed = [.. _missed];
        _missed.Clear();
        foreach (var print in missed)
            Take(print);
    }

    /// <summary>What was taken is on disk.</summary>
    public void AllStored() => _taken.Clear();

    /// <summary>What was taken could not be stored: it has not happened, and is taken again when there is room. A meter does not print again by itself.</summary>
    public void NotStored()
    {
        foreach (var print in _taken)
            Miss(print);
        _taken.Clear();
    }

    public bool Keyed(long number, Money total)
    {
        if (!meter.Writable || Find(number) is not { } asked)
            return false;
        var trip = Trip(asked);
        Note("driver", "amount", $"{total} keyed and confirmed for trip {trip}");
        Answer(asked);
        if (meter.Printed(PrintedFare.Of(asked, total, trip, options)) is OrderResult.Conflict)
            Note("meter", "receipt", $"trip {trip} is known with another amount: the first stands");
        if (asked.Ended is { } ended)
            Remember(trip, ended);
        return true;
    }

    public void Dismissed(long number)
    {
        if (!meter.Writable || Find(number) is not { } asked)
            return;
        Note("driver", "no-amount", $"nothing is due for the print of {PrintedFare.Rfc3339(asked.At)}, says the driver");
        Answer(asked);
    }

    private void End()
    {
        var print = _reader.End();
        // A few commands, as a meter sends when it is switched on: nothing is on the paper.
        if (print.Lines.Count == 0)
            return;
        if (meter.Writable)
            Take(print);
        else
            Miss(print);
    }

    private void Take(PrintedText print)
    {
        _taken.Add(print);
        var reading = ReceiptReader.Read(print, options.Template);
        var what = Judge(reading);
        Printed?.Invoke(reading, what);
    }

    private string Judge(ReceiptReading reading)
    {
        if (reading.Kind == PrintKind.Report)
        {
            Tally = Tally with { Reports = Tally.Reports + 1, DoubtfulInARow = 0 };
            return Told("report", "a report was printed: nothing is due for it");
        }

        if (IsCertain(reading) && Known(reading) is { } known)
        {
            Tally = Tally with { Repeats = Tally.Repeats + 1, DoubtfulInARow = 0 };
            return Told("receipt", known);
        }

        if (reading.Kind == PrintKind.Fare && book.Find(Finished(PrintedFare.Clock(reading.Finish!.Value))) is not null)
            return Ask(reading, "another trip of this meter was over at the same time");
        if (reading.Kind == PrintKind.Fare)
            return Charge(reading);
        return Ask(reading, reading.Kind == PrintKind.Copy ? "a copy of a receipt that is not known here" : DoubtWords.Of(reading.Doubts));
    }

    private string Charge(ReceiptReading reading)
    {
        var fare = PrintedFare.Of(reading, options, time.LocalTimeZone);
        // The paper was torn off too early and the receipt printed anew: the question is answered by it.
        foreach (var asked in _state.Asked.Where(asked => asked.Finish is not null && asked.Finish == fare.Finish).ToList())
            Answer(asked);
        meter.Printed(fare);
        Remember(fare.Trip, PrintedFare.Clock(reading.Finish!.Value));
        Tally = Tally with { Fares = Tally.Fares + 1, DoubtfulInARow = 0 };
        return Told("receipt", $"{fare.Total} was printed for trip {fare.Trip}");
    }

    private string Ask(ReceiptReading reading, string why)
    {
        // What no trip can be told from, as the head of a receipt when the paper was at its end, is the same each time: then it is asked each time.
        var certain = IsCertain(reading);
        if (certain && (_state.Asked.Any(asked => asked.Hash == reading.Hash) || _state.Answered.Contains(reading.Hash)))
        {
            Tally = Tally with { Repeats = Tally.Repeats + 1 };
            return Told("receipt", "the same print again: the driver was asked about it");
        }

        var asked = new AskedPrint(_state.Count + 1, time.GetUtcNow(), reading.Hash)
        {
            Total = reading.Total,
            Supplements = reading.Doubts.Contains(ReadingDoubt.DoesNotAddUp) ? 0 : reading.Supplements,
            Tip = reading.Doubts.Contains(ReadingDoubt.DoesNotAddUp) ? 0 : reading.Tip,
            Vat = reading.Vat,
            Trip = certain ? PrintedFare.Trip(reading, options.Meter).Trip : null,
            Start = certain ? PrintedFare.Trip(reading, options.Meter).Start : null,
            Ended = certain ? PrintedFare.Clock(reading.Finish!.Value) : null,
            Finish = certain ? PrintedFare.Utc(reading.Finish!.Value, time.LocalTimeZone) : null,
            Copy = reading.Kind == PrintKind.Copy,
        };
        List<AskedPrint> all = [.. _state.Asked, asked];
        var doubtful = reading.Kind == PrintKind.Doubtful;
        Tally = Tally with { Asked = Tally.Asked + 1, DoubtfulInARow = doubtful ? Tally.DoubtfulInARow + 1 : 0 };
        var told = Told("receipt-in-doubt", $"{(reading.Total is { } total ? $"{new Money(total, options.Currency)} was read" : "no amount was read")}, and the driver is asked: {why}");
        if (all.Count > AskedMaximum)
        {
            Note("meter", "let-go", $"the print of {PrintedFare.Rfc3339(all[0].At)} is not asked about any more: too many wait");
            all.RemoveAt(0);
        }

        Keep(_state with { Count = asked.Number, Asked = all });
        return told;
    }

    // Nothing of what makes a trip the same trip is in doubt, whatever else is.
    private static bool IsCertain(ReceiptReading reading) =>
        reading.Finish is not null && !reading.Doubts.Any(doubt => doubt is
            ReadingDoubt.NoIdentity or ReadingDoubt.WrongTime or ReadingDoubt.TwoValues or ReadingDoubt.Mixed or ReadingDoubt.Damaged or ReadingDoubt.TooLong);

    // What is to be said of a receipt whose trip is known; null if it is not.
    private string? Known(ReceiptReading reading)
    {
        var trip = PrintedFare.Trip(reading, options.Meter);
        // Of content 0 is a payment that was found before its fare.
        if (book.Find(Identity.OfTrip(trip)) is not { Content: not 0 } known)
            return null;
        if (reading.Kind == PrintKind.Copy)
            return $"a copy of the receipt of trip {trip}";
        return reading.Kind == PrintKind.Fare && known.Content == Identity.ContentOf(PrintedFare.Of(reading, options, time.LocalTimeZone))
            ? $"the receipt of trip {trip} again"
            : $"another receipt of trip {trip}, which is known: the first stands";
    }

    private void Answer(AskedPrint asked) =>
        Keep(_state with { Asked = [.. _state.Asked.Where(other => other.Number != asked.Number)], Answered = [.. _state.Answered.Append(asked.Hash).TakeLast(AnsweredMaximum)] });

    private Identity Finished(string ended) => Identity.OfTrip(PrintedFare.Finished(ended, options.Meter));

    private void Remember(TripId trip, string ended)
    {
        if (book.Find(Identity.OfTrip(trip)) is { } known && book.Find(Finished(ended)) is null)
            book.Know(Finished(ended), known);
    }

    private TripId Trip(AskedPrint asked) =>
        asked is { Trip: { } trip, Start: { } start } ? new TripId(options.Meter, trip, start) : new TripId(options.Meter, $"p-{asked.Number}-{_state.Series}", PrintedFare.Rfc3339(asked.At));

    private void Miss(PrintedText print)
    {
        if (_missed.Count < AskedMaximum)
            _missed.Add(print);
    }

    private void Keep(PrintState state)
    {
        _state = state;
        book.Batch.Settings[Setting] = PrintStateJson.Write(state);
        book.Batch.Sync = true;
    }

    private PrintState? Stored()
    {
        if (setting(Setting) is not { } text)
            return null;
        try
        {
            return PrintStateJson.Read(text);
        }
        catch (JsonException)
        {
            Note("agent", "receipts", "the stored state of the printing meter cannot be read: what the driver was asked is forgotten");
            return null;
        }
    }

    private AskedPrint? Find(long number) => _state.Asked.FirstOrDefault(asked => asked.Number == number);

    private static AskedAmount Amount(AskedPrint asked) =>
        new(asked.Number, asked.At) { Read = asked.Total, Why = asked.Copy ? AskedFor.Copy : AskedFor.Doubt };

    private string Told(string what, string text)
    {
        Note("meter", what, text);
        return text;
    }

    private void Note(string actor, string what, string text) => book.Note(new HistoryLine(null, time.GetUtcNow(), actor, what, text));
}
