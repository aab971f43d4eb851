namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>Doubts as a technician reads them.</summary>
internal static class DoubtWords
{
    public static string Of(ReadingDoubt doubt) => doubt switch
    {
        ReadingDoubt.Unrecognised => "no line of it fits the template",
        ReadingDoubt.NoTotal => "it has no total",
        ReadingDoubt.TwoTotals => "it has two different totals",
        ReadingDoubt.TwoValues => "it has two different values of what a receipt has once",
        ReadingDoubt.DoesNotAddUp => "the parts do not add up to the total",
        ReadingDoubt.Unconfirmed => "nothing on it says the total a second time",
        ReadingDoubt.NoIdentity => "the trip's number or times are missing",
        ReadingDoubt.WrongTime => "a date or time is none, or the finish is before the start",
        ReadingDoubt.Torn => "its beginning or end is missing",
        ReadingDoubt.Mixed => "two prints are mixed, or its lines are in another order than the template's",
        ReadingDoubt.Damaged => "bytes came damaged, or a command is not known",
        _ => "it is longer than any receipt",
    };

    /// <summary>All of them in a line; empty for none.</summary>
    public static string Of(IEnumerable<ReadingDoubt> doubts) => string.Join("; ", doubts.Select(Of));
}
