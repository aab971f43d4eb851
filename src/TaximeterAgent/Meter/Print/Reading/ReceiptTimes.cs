using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>When the trip began and was over, by the meter's clock.</summary>
internal readonly record struct ReceiptTimes(DateTime? Start, DateTime? Finish)
{
    /// <summary>Puts dates and times together. What the template can read of a trip's identity and the receipt does not have is a doubt.</summary>
    public static ReceiptTimes Of(ReceiptValues values, ReceiptTemplate template, ISet<ReadingDoubt> doubts)
    {
        if (template.Fields.Any(field => field.Identifies() && values.All(field).Count == 0))
            doubts.Add(ReadingDoubt.NoIdentity);
        var times = new Parts(values, template.Formats);
        var start = times.Of(ReceiptField.Start, ReceiptField.StartDate, ReceiptField.StartTime);
        var finish = times.Of(ReceiptField.Finish, ReceiptField.FinishDate, ReceiptField.FinishTime);
        // One date for both: a trip over midnight has the date of its start.
        if (start > finish && values.All(ReceiptField.Finish).Count == 0 && values.All(ReceiptField.FinishDate).Count == 0)
            finish = finish.Value.AddDays(1);
        if (times.Wrong || start > finish)
            doubts.Add(ReadingDoubt.WrongTime);
        else if (finish is null)
            doubts.Add(ReadingDoubt.NoIdentity);
        return new ReceiptTimes(start, finish);
    }

    private sealed class Parts(ReceiptValues values, ValueFormats formats)
    {
        /// <summary>True if something is no date or time.</summary>
        public bool Wrong { get; private set; }

        public DateTime? Of(ReceiptField whole, ReceiptField day, ReceiptField hour)
        {
            if (values.One(whole) is { } both)
            {
                // Blanks part them, however many; a date may hold blanks itself.
                var blank = both.Length;
                while ((blank = both.LastIndexOf(' ', blank - 1)) > 0)
                {
                    if (formats.TimeOf(both[(blank + 1)..]) is { } time && formats.DateOf(both[..blank].TrimEnd(' ')) is { } date)
                        return date.ToDateTime(time);
                }

                Wrong = true;
                return null;
            }

            if (values.One(hour) is not { } clock || (values.One(day) ?? values.One(ReceiptField.Date)) is not { } calendar)
                return null;
            if (formats.TimeOf(clock) is { } at && formats.DateOf(calendar) is { } on)
                return on.ToDateTime(at);
            Wrong = true;
            return null;
        }
    }
}
