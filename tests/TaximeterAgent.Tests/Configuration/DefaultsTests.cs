using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using Keymap = TaximeterAgent.Driver.Devices.Keymap;

namespace TaximeterAgent.Tests.Configuration;

public sealed class DefaultsTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void The_smallest_file_gives_every_option_its_documented_value()
    {
        var options = _configuration.Options();

        Assert.Equal(new CarOptions("NO-4711-T7", "taxi", Country.NO, Language.Norwegian, Currency.NOK, "Vipps"), options.Car);
        Assert.Equal(
            new EPaymentOptions(
                new Uri("https://apitest.vipps.no"), "123456", "put-the-client-id-here", "put-the-client-secret-here", "put-the-subscription-key-here",
                "", Seconds(5), Seconds(15), Seconds(120), Seconds(5), Seconds(2), Seconds(600), Seconds(60), Seconds(2), Seconds(300), Seconds(60)),
            options.EPayment);
        Assert.Equal(
            new MeterOptions(
                "", MeterSource.Tfp1, new SerialOptions("/dev/ttyUSB0", 19200, SerialParity.None, SerialDriver.Termios),
                Seconds(1), Seconds(30), Seconds(10), Seconds(35),
                new ContactsOptions("gpiochip0", "", "", "", true, GpioBias.PullUp, TimeSpan.FromMilliseconds(50), 0, false),
                new MeterPrinterOptions(null, TimeSpan.FromSeconds(3), 0)),
            options.Meter);
        Assert.Equal(new IgnitionOptions("gpiochip0", "", false, GpioBias.AsIs, TimeSpan.FromMilliseconds(200), Seconds(10), false), options.Ignition);
        Assert.Equal(new SignalOptions("gpiochip0", "", "", "", false), options.Signals);
        Assert.False(options.Signals.Any);
        Assert.Equal(GpioDriver.CharacterDevice, options.GpioDriver);
        Assert.Equal(
            new DriverOptions(KeypadKind.InputEvents, "/dev/input/taximeter-keypad", false,
                new MatrixOptions("gpiochip0", "", "", MatrixKeys.ThreeByFour, TimeSpan.FromMilliseconds(20)), Keymap.Standard, DisplayKind.Lcd, "/dev/lcd", 0x27, false, 9600, 850, 16, 2, new LcdOptions("gpiochip0", "", "", "", ""), ""),
            options.Driver);
        Assert.Equal(new OutboxOptions(OutboxStore.Sqlite, "/var/lib/taximeter-agent", TimeSpan.FromDays(7), TimeSpan.FromDays(400), 500_000, 8 << 20, TimeSpan.FromHours(1)), options.Outbox);
        Assert.Equal(
            new PolicyOptions(Seconds(900), 10, 500_000, TimeSpan.FromHours(4), TimeSpan.FromMinutes(2), true, TimeSpan.FromHours(12), VoidAfterCapture.Refund),
            options.Policy);
        Assert.Equal(new WebhookOptions(null, "/webhooks", null), options.Webhooks);
        Assert.Equal(new ControlOptions("/run/taximeter-agent/control.sock"), options.Control);
    }

    [Theory]
    [InlineData("NO", Language.Norwegian, Currency.NOK, "Vipps")]
    [InlineData("DK", Language.Danish, Currency.DKK, "MobilePay")]
    [InlineData("FI", Language.Finnish, Currency.EUR, "MobilePay")]
    public void A_country_brings_its_language_currency_and_brand(string country, object language, Currency currency, string brand)
    {
        var car = _configuration.With("Car:Country", $"\"{country}\"").Options().Car;

        Assert.Equal((language, currency, brand), (car.Language, car.Currency, car.Brand));
    }

    [Theory]
    [InlineData("4711", true)]
    [InlineData("47114711", true)]
    [InlineData("471", false)]
    [InlineData("471147114", false)]
    [InlineData("47x1", false)]
    public void The_drivers_PIN_is_four_to_eight_digits_and_a_secret(string pin, bool accepted)
    {
        var report = _configuration.Credential("driver-refund-pin", pin).Load();

        Assert.Equal(accepted, report.Options?.Driver.RefundPin == pin);
        Assert.DoesNotContain(pin, string.Join('\n', report.Faults), StringComparison.Ordinal);
        Assert.DoesNotContain(pin, $"{report.Options?.Driver}", StringComparison.Ordinal);
    }

    [Fact]
    public void Sweden_says_its_currency()
    {
        Assert.Equal(
            "Car:Currency: found nothing; expected one of \"NOK\", \"DKK\", \"EUR\"; with Car:Country \"SE\" it has no default",
            _configuration.With("Car:Country", "\"SE\"").OneFault());

        var car = _configuration.With("Car:Currency", "\"EUR\"").Options().Car;
        Assert.Equal((Language.Swedish, Currency.EUR), (car.Language, car.Currency));
    }

    [Fact]
    public void Every_default_is_one_that_its_own_key_accepts()
    {
        foreach (var key in Keys.All.Where(key => key.Default is not null))
            Assert.True(key.Accepts(new RawValue(RawKind.Text, key.Default!, ConfigurationSource.Default)), key.Name);
    }

    [Fact]
    public void Every_declared_key_is_in_the_table_and_in_it_once()
    {
        var declared = typeof(Keys).GetFields().Select(field => field.GetValue(null)).OfType<ConfigurationKey>().Select(key => key.Name).Order();

        Assert.Equal(declared, Keys.All.Select(key => key.Name).Order());
        Assert.Equal(Keys.All.Length, Keys.ByName.Count);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
