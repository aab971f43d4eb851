using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Screens;

/// <summary>Every text of every language fits where it is shown: a line of sixteen characters, or what is left of one.</summary>
public sealed class WordsTests
{
    // Beside an amount such as 345,00: seven characters of sixteen are taken.
    private static readonly string[] s_besideAmount =
    [
        nameof(Words.Refused), nameof(Words.Expired), nameof(Words.Rejected), nameof(Words.Offline), nameof(Words.Cancelled), nameof(Words.Offer),
        nameof(Words.ApprovedQuestion), nameof(Words.LateQuestion), nameof(Words.VoidQuestion),
    ];

    public static TheoryData<string> Languages => [.. Enum.GetNames<Language>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_fits_its_line(string name)
    {
        var words = Words.Of(Enum.Parse<Language>(name));
        foreach (var property in typeof(Words).GetProperties().Where(property => property.PropertyType == typeof(string)))
        {
            var text = (string)property.GetValue(words)!;
            Assert.NotEmpty(text);
            Assert.True(text.Length <= Room(property.Name), $"{name}.{property.Name}: \"{text}\" has {text.Length} characters, there is room for {Room(property.Name)}");
        }
    }

    private static int Room(string name) => name switch
    {
        nameof(Words.Number) => 6,
        // Before a blank and the last two digits, **67.
        nameof(Words.Waiting) => 11,
        // Behind the cursor and a blank.
        nameof(Words.Agreed) => 14,
        nameof(Words.Confirm) or nameof(Words.ConfirmCode) => 4,
        nameof(Words.Locked) => 10,
        // Before a blank and a number.
        nameof(Words.UnderWay) => 12,
        // Beside an amount, as titles of the menu's pages.
        nameof(Words.Menu) or nameof(Words.UnpaidTrips) or nameof(Words.PaidTrips) or nameof(Words.Refund) or nameof(Words.LanguageTitle) or nameof(Words.Light) or nameof(Words.State) => 8,
        _ when name.StartsWith("Keys", StringComparison.Ordinal) => 20,
        // Before a blank and a time, 14:32.
        nameof(Words.NotSureUntil) => 10,
        // Behind a time and a blank.
        nameof(Words.Amount) or nameof(Words.ReceiptUnclear) or nameof(Words.ReceiptCopy) => 10,
        // Beside an amount too, and before the mark that something goes on.
        nameof(Words.Unsure) => 7,
        _ when s_besideAmount.Contains(name) => 9,
        _ => 16,
    };
}
