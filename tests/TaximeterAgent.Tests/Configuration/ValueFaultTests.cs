using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Configuration;

public sealed class ValueFaultTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    public static TheoryData<string> RequiredKeys => [.. Keys.All.Where(key => key.Required).Select(key => key.Name)];

    public static TheoryData<string, string> WrongValues => new()
    {
        { "Car:Id", "\"\"" },
        { "Car:Id", "\"NO 4711\"" },
        { "Car:Id", "\"123456789012345\"" },
        { "Car:Id", "\"A------------------------------\"" },
        { "Car:Id", "4711" },
        { "Car:Prefix", "\"9taxi\"" },
        { "Car:Prefix", "\"ta-xi\"" },
        { "Car:Prefix", "\"abcdefghijk\"" },
        { "Car:Country", "\"no\"" },
        { "Car:Country", "\"DE\"" },
        { "Car:Language", "\"no\"" },
        { "Car:Currency", "\"SEK\"" },
        { "Car:Currency", "\"nok\"" },
        { "Car:Brand", "\"\"" },
        { "Car:Brand", "\"12345678901234567\"" },
        { "Car:Brand", "\"a\\u0007b\"" },
        { "Car:Brand", "\" Vipps\"" },
        { "EPayment:BaseUrl", "\"http://api.vipps.no\"" },
        { "EPayment:BaseUrl", "\"https://api.vipps.no/epayment\"" },
        { "EPayment:BaseUrl", "\"https://u:p@api.vipps.no\"" },
        { "EPayment:BaseUrl", "\"https://api.vipps.no?x\"" },
        { "EPayment:BaseUrl", "\"https://api.vipps.no#x\"" },
        { "EPayment:BaseUrl", "\"api.vipps.no\"" },
        { "EPayment:BaseUrl", "\"ftp://127.0.0.1\"" },
        { "EPayment:BaseUrl", "\"http://127.0.0.1.example\"" },
        { "EPayment:BaseUrl", "\"http://10.0.0.1:8080\"" },
        { "EPayment:BaseUrl", "\" https://api.vipps.no\"" },
        { "EPayment:MerchantSerialNumber", "\"123\"" },
        { "EPayment:MerchantSerialNumber", "\"12345678\"" },
        { "EPayment:MerchantSerialNumber", "\"12345a\"" },
        { "EPayment:MerchantSerialNumber", "123456" },
        { "EPayment:MerchantSerialNumber", "\"123456\\n\"" },
        { "EPayment:TryTimeout", "\"00:00:00\"" },
        { "EPayment:TryTimeout", "\"00:02:01\"" },
        { "EPayment:TryTimeout", "\"5\"" },
        { "EPayment:TryTimeout", "5" },
        { "EPayment:TryTimeout", "\"-00:00:05\"" },
        { "EPayment:TryTimeout", "\"0:0:5\"" },
        { "EPayment:TryTimeout", "\"00:00:61\"" },
        { "EPayment:TryTimeout", "\"0:00:15\"" },
        { "EPayment:TryTimeout", "\"00:00:15.\"" },
        { "EPayment:TryTimeout", "\"00:00:15.12345678\"" },
        { "EPayment:TryTimeout", "\".00:00:15\"" },
        { "EPayment:TryTimeout", "\"000000.00:00:15\"" },
        { "EPayment:TryTimeout", "\"00:00:1a\"" },
        { "EPayment:TryTimeout", "\"00:00:5\"" },
        { "EPayment:TryTimeout", "\"00:00:15\\n\"" },
        { "EPayment:PollFirst", "\"00:00:00.009\"" },
        { "EPayment:PollEvery", "\"00:10:01\"" },
        { "EPayment:BackoffMost", "\"00:05:00.001\"" },
        { "EPayment:RateWindow", "\"01:00:01\"" },
        { "EPayment:PaymentLifetime", "\"01:00:01\"" },
        { "EPayment:CertaintyMargin", "\"00:00:00\"" },
        { "EPayment:ConnectTimeout", "true" },
        { "EPayment:BackoffFirst", "null" },
        { "Meter:Id", "\"a|b\"" },
        { "Meter:Id", "\"a b\"" },
        { "Meter:Source", "\"gpio\"" },
        { "Meter:Serial:Port", "\"ttyUSB0\"" },
        { "Meter:Serial:Port", "\"\"" },
        { "Meter:Serial:BaudRate", "19201" },
        { "Meter:Serial:BaudRate", "\"19200\"" },
        { "Meter:Serial:BaudRate", "19200.0" },
        { "Meter:Serial:BaudRate", "-19200" },
        { "Meter:Serial:Parity", "\"mark\"" },
        { "Meter:Serial:Driver", "\"serialport\"" },
        { "Gpio:Driver", "\"sysfs\"" },
        { "Driver:Lcd:Data", "\"1,2,3\"" },
        { "Meter:AnswerTimeout", "\"00:01:01\"" },
        { "Meter:AnswerPause", "\"00:10:01\"" },
        { "Meter:Heartbeat", "\"\"" },
        { "Meter:HeartbeatLost", "\"01:00:01\"" },
        { "Driver:Keypad", "\"gpio\"" },
        { "Driver:Matrix:Rows", "\"1,2,3\"" },
        { "Driver:Matrix:Rows", "\"1,2,3,3\"" },
        { "Driver:Matrix:Columns", "\"1,2,3,4,5\"" },
        { "Driver:Matrix:Layout", "\"4x3\"" },
        { "Driver:Matrix:Debounce", "\"00:00:00\"" },
        { "Printer:Kind", "\"star\"" },
        { "Printer:Port", "\"lp0\"" },
        { "Printer:BaudRate", "9601" },
        { "Printer:Columns", "40" },
        { "Printer:CodePage", "851" },
        { "Printer:Qr", "\"dots\"" },
        { "Printer:Cut", "\"knife\"" },
        { "Printer:FlowControl", "\"rts\"" },
        { "Printer:Receipt", "\"sometimes\"" },
        { "Printer:Header", "\"1|2|3|4|5|6|7\"" },
        { "Printer:Header", "\"A company whose name is longer than any paper of ours\"" },
        { "Meter:Contacts:Chip", "\"\"" },
        { "Meter:Contacts:Chip", "\"dev/gpiochip0\"" },
        { "Meter:Contacts:Stopped", "\"4,5\"" },
        { "Meter:Contacts:Hired", "4" },
        { "Meter:Contacts:Bias", "\"up\"" },
        { "Meter:Contacts:Debounce", "\"00:00:05.001\"" },
        { "Meter:Contacts:Vat", "10001" },
        { "Meter:Contacts:Vat", "12.0" },
        { "Meter:Contacts:Vat", "\"1200\"" },
        { "Meter:Printer:Template", "\"Narrow NB\"" },
        { "Meter:Printer:Template", "\"narrow-nb.template\"" },
        { "Meter:Printer:Quiet", "\"00:01:01\"" },
        { "Meter:Printer:Vat", "10001" },
        { "Ignition:Line", "\" 17\"" },
        { "Ignition:HoldUp", "\"00:00:00\"" },
        { "Signals:Paid", "\"a name that is longer than the kernel's\"" },
        { "Driver:KeypadDevice", "\"keypad\"" },
        { "Driver:KeypadFifo", "\"true\"" },
        { "Driver:KeypadFifo", "1" },
        { "Driver:KeypadDevice", "\"name:\"" },
        { "Driver:Keymap", "\"KEY_F1=Ok\"" },
        { "Driver:DisplayAddress", "\"0x28\"" },
        { "Driver:DisplayAddress", "\"0x37\"" },
        { "Driver:DisplayAddress", "\"0x40\"" },
        { "Driver:DisplayAddress", "\"27\"" },
        { "Driver:DisplayAddress", "39" },
        { "Driver:DisplayFifo", "\"true\"" },
        { "Driver:DisplayBaudRate", "9601" },
        { "Driver:DisplayCodePage", "851" },
        { "Driver:Display", "\"oled\"" },
        { "Driver:DisplayDevice", "\"lcd\"" },
        { "Driver:DisplayColumns", "15" },
        { "Driver:DisplayColumns", "41" },
        { "Driver:DisplayRows", "1" },
        { "Driver:DisplayRows", "5" },
        { "Outbox:Store", "\"leveldb\"" },
        { "Outbox:Directory", "\"outbox\"" },
        { "Outbox:PhoneRetention", "\"366.00:00:00\"" },
        { "Outbox:HistoryRetention", "\"100000.00:00:00\"" },
        { "Outbox:HistoryMaximum", "9999" },
        { "Outbox:UpkeepEvery", "\"00:00:00.010\"" },
        { "Outbox:HistoryMaximum", "5000001" },
        { "Policy:OfflineMaxAge", "\"1.00:00:01\"" },
        { "Policy:OfflineMaxCount", "-1" },
        { "Policy:OfflineMaxCount", "1001" },
        { "Policy:OfflineMaxAmount", "65000001" },
        { "Policy:OfflineMaxAmount", "5e5" },
        { "Policy:OfflineMaxAmount", "99999999999" },
        { "Policy:NoShowAfter", "{}" },
        { "Policy:OrphanAfter", "\"1.00:00:01\"" },
        { "Policy:ReserveAhead", "\"yes\"" },
        { "Policy:ChoiceTimeout", "\"31.00:00:00\"" },
        { "Policy:VoidAfterCapture", "\"keep\"" },
        { "Webhooks:Path", "\"webhooks\"" },
        { "Webhooks:Path", "\"/a?b\"" },
        { "Webhooks:Listen", "\"https://127.0.0.1:8443\"" },
        { "Webhooks:Listen", "\"http://127.0.0.1\"" },
        { "Webhooks:Listen", "\"http://example.com:80\"" },
        { "Webhooks:Listen", "\"http://127.0.0.1:8443/path\"" },
        { "Control:Socket", "\"control.sock\"" },
        { "Control:Socket", "\"/\"" },
    };

    [Theory]
    [MemberData(nameof(RequiredKeys))]
    public void A_missing_required_key_is_named(string key)
    {
        var secret = Keys.ByName[key].Secret;
        var fault = secret ? _configuration.With(key, null).OneMissing() : _configuration.With(key, null).OneFault();

        Assert.StartsWith($"{key}: found nothing; expected {Keys.ByName[key].Expected}", fault, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_value_that_does_not_belong_there_is_named_with_its_file_and_what_belongs_there(string key, string json)
    {
        if (key == "Webhooks:Listen")
            _configuration.With("Webhooks:Secret", "\"whatever\"");

        var fault = _configuration.With(key, json).OneFault();

        Assert.StartsWith($"{key}: found ", fault, StringComparison.Ordinal);
        Assert.EndsWith($" in {_configuration.File} line 1; expected {Keys.ByName[key].Expected}", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(fault, char.IsControl);
    }

    [Fact]
    public void The_found_value_is_shown_as_it_was_written()
    {
        Assert.Contains("found \"9taxi\" in ", _configuration.With("Car:Prefix", "\"9taxi\"").OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("\"Sesam oeffne dich\"")]
    [InlineData("\"Sésamouvretoi\"")]
    [InlineData("4711471147114711")]
    public void The_value_of_a_secret_is_not_shown_even_if_it_is_wrong(string json)
    {
        var fault = _configuration.With("EPayment:ClientSecret", json).OneFault();

        Assert.Equal(
            $"EPayment:ClientSecret: found a value that is not shown in {_configuration.File} line 1; "
                + "expected 4 to 512 printable ASCII characters without a blank",
            fault);
    }

    [Fact]
    public void A_password_in_an_address_is_not_shown()
    {
        var fault = _configuration.With("EPayment:BaseUrl", "\"https://user:pass@word@api.vipps.no\"").OneFault();

        Assert.StartsWith("EPayment:BaseUrl: found \"https://…@api.vipps.no\" in ", fault, StringComparison.Ordinal);
        Assert.Equal("https://…@api.vipps.no", _configuration.Load().Entries.Single(entry => entry.Key == Keys.BaseUrl).Text);
    }

    [Fact]
    public void A_found_value_without_end_is_cut()
    {
        Assert.True(_configuration.With("Car:Prefix", $"\"{new string('x', 10_000)}\"").OneFault().Length < 400);
    }

    [Fact]
    public void All_faults_are_told_at_once_each_in_one_line()
    {
        var report = _configuration
            .With("Car:Id", null).With("Car:Prefix", "\"9\"").With("Meter:Serial:Speed", "1").With("Policy:ReserveAhead", "\"a\\nb\"")
            .Variable("TAXIMETER_Nonsense", "1")
            .Load();

        Assert.Equal(["Meter:Serial:Speed", "TAXIMETER_Nonsense", "Car:Id", "Car:Prefix", "Policy:ReserveAhead"], report.Faults.Select(fault => fault.Where));
        Assert.All(report.Faults, fault => Assert.DoesNotContain('\n', fault.ToString()));
    }

    [Fact]
    public void The_control_socket_has_the_length_that_the_kernel_takes()
    {
        var longest = "/" + new string('s', Keys.LongestSocketPath - 1);

        Assert.Equal(longest, _configuration.With("Control:Socket", $"\"{longest}\"").Options().Control.Socket);
        Assert.StartsWith("Control:Socket: ", _configuration.With("Control:Socket", $"\"{longest}s\"").OneFault(), StringComparison.Ordinal);
        // Bytes are counted, not characters: ø has two.
        Assert.StartsWith("Control:Socket: ", _configuration.With("Control:Socket", $"\"{longest[..^1]}ø\"").OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000")]
    [InlineData("http://[::1]:5000/")]
    [InlineData("https://api.vipps.no")]
    [InlineData("https://api.vipps.no:8443/")]
    public void Without_TLS_only_this_machine_is_called(string url)
    {
        Assert.Equal(new Uri(url), _configuration.With("EPayment:BaseUrl", $"\"{url}\"").Options().EPayment.BaseUrl);
    }

    [Theory]
    [InlineData("EPayment:TryTimeout", "\"00:00:05\"")]
    [InlineData("Outbox:PhoneRetention", "\"30.00:00:00\"")]
    [InlineData("Meter:Heartbeat", "\"00:00:00.010\"")]
    [InlineData("Policy:OfflineMaxAmount", "0")]
    [InlineData("Policy:ReserveAhead", "false")]
    [InlineData("Webhooks:Path", "\"/hooks/vipps-1\"")]
    [InlineData("Meter:Id", "\"NO-4711\"")]
    public void A_value_at_or_within_its_range_is_taken(string key, string json) => _configuration.With(key, json).Options();
}
