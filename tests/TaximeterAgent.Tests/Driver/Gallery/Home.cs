using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>A car in a country where the language is spoken: its pictures and its pages are in that country's form.</summary>
/// <param name="Code">The language's own short name, as in the names of files.</param>
/// <param name="National">A subscriber's number as it is keyed there.</param>
internal sealed record Home(string Code, Language Language, Country Country, Currency Currency, string National, string Msisdn, string Brand)
{
    public static Home English { get; } = new("en", Language.English, Country.NO, Currency.NOK, "91234567", "4791234567", "Vipps");

    public static IReadOnlyList<Home> All { get; } =
    [
        new("nb", Language.Norwegian, Country.NO, Currency.NOK, "91234567", "4791234567", "Vipps"),
        new("sv", Language.Swedish, Country.SE, Currency.NOK, "0701234567", "46701234567", "Vipps"),
        new("da", Language.Danish, Country.DK, Currency.DKK, "51234567", "4551234567", "MobilePay"),
        new("fi", Language.Finnish, Country.FI, Currency.EUR, "0401234567", "358401234567", "MobilePay"),
        English,
    ];

    public PhoneNumber Phone => PhoneNumber.TryFromMsisdn(Msisdn, out var phone) ? phone : throw new InvalidOperationException($"{Msisdn} is no number.");

    public Money Money(long minorUnits) => new(minorUnits, Currency);
}
