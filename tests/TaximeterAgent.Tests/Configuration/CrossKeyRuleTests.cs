namespace TaximeterAgent.Tests.Configuration;

public sealed class CrossKeyRuleTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void A_connection_takes_no_longer_than_a_try()
    {
        Assert.Equal(
            "EPayment:TryTimeout: found \"00:00:15\" in the default; expected at least EPayment:ConnectTimeout, which is 00:00:16",
            _configuration.With("EPayment:ConnectTimeout", "\"00:00:16\"").OneFault());
        _configuration.With("EPayment:ConnectTimeout", "\"00:00:15\"").Options();
    }

    [Fact]
    public void A_store_that_the_agent_was_built_without_is_named_with_what_to_build()
    {
        var fault = _configuration.With("Outbox:Store", "\"litedb\"").OneFault();
        Assert.StartsWith("Outbox:Store: found \"litedb\" in ", fault, StringComparison.Ordinal);
        Assert.EndsWith("build with -p:WithLiteDb=true", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_wait_is_no_longer_than_the_longest()
    {
        Assert.StartsWith(
            "EPayment:BackoffMost: found \"00:00:01\" in ", _configuration.With("EPayment:BackoffMost", "\"00:00:01\"").OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_wait_for_the_relay_is_no_longer_than_the_longest()
    {
        Assert.StartsWith(
            "Relay:ReconnectMost: found \"00:00:00.900\" in ", _configuration.With("Relay:ReconnectMost", "\"00:00:00.900\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("Relay:ReconnectFirst", "\"00:00:00.900\"").Options();
    }

    [Theory]
    [InlineData("amqps://relay.example/taxi", true)]
    [InlineData("amqps://relay.example:5671/taxi", true)]
    [InlineData("amqp://127.0.0.1:5672/taxi", true)]
    [InlineData("amqp://relay.example/taxi", false)] // a password in the clear
    [InlineData("amqps://car:secret@relay.example/taxi", false)]
    [InlineData("amqps://relay.example", false)]
    [InlineData("amqps://relay.example/taxi/more", false)]
    [InlineData("amqps://relay.example/taxi?heartbeat=0", false)]
    [InlineData("https://relay.example/taxi", false)]
    public void A_relay_is_reached_over_TLS_and_its_address_has_no_password(string address, bool right)
    {
        _configuration.With("Relay:Uri", $"\"{address}\"").With("Relay:Password", "\"a-password\"");
        if (right)
            Assert.Equal(address, _configuration.Options().Relay.Uri!.OriginalString);
        else
            Assert.DoesNotContain("secret", _configuration.OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_relay_without_a_password_is_a_secret_that_is_missing_and_no_fault()
    {
        var options = _configuration.With("Relay:Uri", "\"amqps://relay.example/taxi\"").Options();
        Assert.Equal("Relay:Password", Assert.Single(options.Missing).Where);
        Assert.DoesNotContain("a-password", _configuration.With("Relay:Password", "\"a-password\"").Options().Relay.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cars_identity_at_the_broker_is_named_by_the_car_unless_it_is_said()
    {
        var options = _configuration.Options();
        Assert.Equal($"car-{options.Car.Prefix}-{options.Car.Id.Replace("-", "", StringComparison.Ordinal)}", options.Relay.User);
        Assert.Equal("another", _configuration.With("Relay:User", "\"another\"").Options().Relay.User);
    }

    [Theory]
    [InlineData("https://otlp.example", true)]
    [InlineData("https://otlp.example:4318/otlp", true)]
    [InlineData("http://127.0.0.1:4318", true)]
    [InlineData("http://otlp.example", false)] // a header with a key in the clear
    [InlineData("https://car:secret@otlp.example", false)]
    [InlineData("https://otlp.example/otlp?key=1", false)]
    [InlineData("grpc://otlp.example", false)]
    public void A_collector_is_reached_over_TLS_and_its_address_has_no_secret(string address, bool right)
    {
        _configuration.With("Telemetry:Otlp:Endpoint", $"\"{address}\"");
        if (right)
            Assert.Equal(address, _configuration.Options().Telemetry.Endpoint!.OriginalString);
        else
            Assert.DoesNotContain("secret", _configuration.OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization=Basic%20eDp5", true)]
    [InlineData("x-api-key=abc==,x-tenant=taxi", true)]
    [InlineData("Authorization", false)]
    [InlineData("=value", false)]
    [InlineData("name=", false)]
    [InlineData("a=b,,c=d", false)]
    [InlineData("a:b=c", false)]
    public void A_collectors_headers_are_names_and_values_and_are_not_shown(string headers, bool right)
    {
        _configuration.With("Telemetry:Otlp:Endpoint", "\"https://otlp.example\"").With("Telemetry:Otlp:Headers", $"\"{headers}\"");
        if (!right)
        {
            Assert.DoesNotContain(headers, _configuration.OneFault(), StringComparison.Ordinal);
            return;
        }

        var options = _configuration.Options();
        Assert.Equal(headers, options.Telemetry.Headers);
        Assert.Empty(options.Missing);
        Assert.DoesNotContain(headers, options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collector_needs_no_headers() => Assert.Empty(_configuration.With("Telemetry:Otlp:Endpoint", "\"https://otlp.example\"").Options().Missing);

    [Fact]
    public void A_meter_is_lost_only_after_more_than_one_heartbeat()
    {
        Assert.StartsWith("Meter:HeartbeatLost: ", _configuration.With("Meter:HeartbeatLost", "\"00:00:10\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("Meter:HeartbeatLost", "\"00:00:11\"").Options();
    }

    [Fact]
    public void A_printer_needs_a_port()
    {
        Assert.Equal(
            "Printer:Port: found \"\" in the default; expected an absolute path, because Printer:Kind is \"escpos\"",
            _configuration.With("Printer:Kind", "\"escpos\"").OneFault());
        var printer = _configuration.With("Printer:Port", "\"/dev/usb/lp0\"").With("Printer:Header", "\"Taxi AS| Org.nr. 1 \"").Options().Printer;
        Assert.Equal("Taxi AS/Org.nr. 1", string.Join('/', printer.Header));
    }

    [Fact]
    public void The_agent_sits_between_meter_and_printer_only_with_a_bypass()
    {
        _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", "\"/dev/ttyUSB2\"").With("Printer:MeterPort", "\"/dev/ttyUSB3\"");
        Assert.StartsWith("Printer:Bypass: found \"none\" in the default; expected \"dtr\", because Printer:MeterPort is set", _configuration.OneFault(), StringComparison.Ordinal);
        Assert.Equal("/dev/ttyUSB3", _configuration.With("Printer:Bypass", "\"dtr\"").Options().Printer.MeterPort);
        _configuration.With("Printer:FlowControl", "\"xon-xoff\"");
        Assert.Contains("Printer:FlowControl: found \"xon-xoff\"", _configuration.OneFault(), StringComparison.Ordinal);
        Assert.Equal("/dev/ttyUSB3", _configuration.With("Printer:FlowControl", "\"rts-cts\"").Options().Printer.MeterPort);
        Assert.EndsWith("another port than Printer:Port", _configuration.With("Printer:MeterPort", "\"/dev/ttyUSB2\"").OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_device_is_that_of_one_kind_of_display_only()
    {
        Assert.Equal(
            "Driver:DisplayDevice: found \"/dev/lcd\" in the default; expected the bus, such as /dev/i2c-1, because Driver:Display is \"pcf8574\"",
            _configuration.With("Driver:Display", "\"pcf8574\"").OneFault());
        Assert.Contains("the serial port", _configuration.With("Driver:Display", "\"serial\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:DisplayDevice", "\"/dev/ttyUSB1\"").Options();
    }

    [Fact]
    public void A_display_is_no_larger_than_its_controllers_memory()
    {
        _configuration.With("Driver:Display", "\"pcf8574\"").With("Driver:DisplayDevice", "\"/dev/i2c-1\"").With("Driver:DisplayRows", "3");
        Assert.StartsWith("Driver:DisplayRows: found 3 in ", _configuration.OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:DisplayRows", "4").With("Driver:DisplayColumns", "21");
        Assert.StartsWith("Driver:DisplayColumns: found 21 in ", _configuration.OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:DisplayColumns", "20").Options();
        _configuration.With("Driver:DisplayRows", "2").With("Driver:DisplayColumns", "40").Options();
    }

    [Theory]
    [InlineData("EPayment:PaymentLifetime", "00:09:59", "00:10:00")]
    [InlineData("EPayment:CertaintyMargin", "00:00:09", "00:00:10")]
    [InlineData("EPayment:RateWindow", "00:00:59", "00:01:00")]
    [InlineData("EPayment:PollEvery", "00:00:00.499", "00:00:00.500")]
    public void Against_the_real_service_no_wait_is_shorter_than_the_service_itself_is(string key, string shorter, string least)
    {
        Assert.StartsWith($"{key}: found \"{shorter}\" in ", _configuration.With(key, $"\"{shorter}\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("EPayment:BaseUrl", "\"http://127.0.0.1:5000\"").Options();
        _configuration.With("EPayment:BaseUrl", "\"https://api.vipps.no\"").With(key, $"\"{least}\"").Options();
    }

    [Fact]
    public void A_meter_with_a_line_needs_its_port() => Assert.Equal(
        "Meter:Serial:Port: found nothing; expected an absolute path, because Meter:Source is \"tfp1\"",
        _configuration.With("Meter:Serial:Port", null).OneFault());

    [Theory]
    [InlineData("Meter:Id", "\"\"", "the meter's name")]
    [InlineData("Meter:Contacts:Stopped", "\"\"", "a GPIO line by number or name")]
    [InlineData("Meter:Contacts:Vat", null, "0 to 10000")]
    public void A_meter_with_contacts_needs_no_port_but_what_it_cannot_say_itself(string key, string? json, string expected)
    {
        Contacts().Options();
        var fault = _configuration.With(key, json).OneFault();
        Assert.StartsWith($"{key}: found \"\" in ", fault, StringComparison.Ordinal);
        Assert.EndsWith($"; expected {expected}, because Meter:Source is \"contacts\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_contacts_are_two_lines() =>
        Assert.EndsWith(
            "; expected another line than Meter:Contacts:Stopped has", Contacts().With("Meter:Contacts:Paid", "\"5\"").OneFault(), StringComparison.Ordinal);

    [Fact]
    public void A_rate_of_VAT_is_read_as_a_number()
    {
        Assert.Equal(1200, Contacts().Options().Meter.Contacts.Vat);
        Assert.Equal(0, _configuration.With("Meter:Contacts:Vat", "0").Options().Meter.Contacts.Vat);
    }

    [Theory]
    [InlineData("Meter:Serial:Driver", "system-io-ports")]
    [InlineData("Gpio:Driver", "system-device-gpio")]
    [InlineData("Driver:Keypad", "key-matrix")]
    [InlineData("Driver:Display", "character-lcd")]
    public void What_is_chosen_and_was_not_built_in_names_the_property_of_the_build(string key, string chosen)
    {
        _configuration.With("Driver:Matrix:Rows", "\"1,2,3,4\"").With("Driver:Matrix:Columns", "\"5,6,7\"").With("Driver:DisplayDevice", "\"/dev/i2c-1\"").With(key, $"\"{chosen}\"");
        var fault = _configuration.OneFault();
        Assert.StartsWith($"{key}: found \"{chosen}\" in ", fault, StringComparison.Ordinal);
        Assert.EndsWith("in it: build with -p:WithIotBindings=true", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_has_as_many_lines_as_its_layout()
    {
        _configuration.With("Driver:Keypad", "\"matrix\"").With("Driver:Matrix:Rows", "\"1,2,3,4\"");
        Assert.StartsWith("Driver:Matrix:Columns: found \"\" in ", _configuration.OneFault(), StringComparison.Ordinal);
        Assert.EndsWith(
            "; expected 3 lines, because Driver:Matrix:Layout is \"3x4\"", _configuration.With("Driver:Matrix:Columns", "\"5,6,7,8\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:Matrix:Layout", "\"4x4\"").Options();
        Assert.EndsWith("; expected other lines than Driver:Matrix:Rows has", _configuration.With("Driver:Matrix:Columns", "\"5,6,7,1\"").OneFault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Meter:Id", "\"\"", "the meter's name")]
    [InlineData("Meter:Printer:Vat", null, "0 to 10000")]
    [InlineData("Meter:Printer:Template", "\"\"", "a template: boxed-da")]
    [InlineData("Meter:Printer:Template", "\"narow-nb\"", "a template that can be read: no template \"narow-nb\" comes with the agent; is it narrow-nb?")]
    [InlineData("Meter:Printer:Template", "\"boxed-da\"", "a template of receipts in NOK, which is Car:Currency; this one's are in DKK")]
    public void A_meter_that_only_prints_needs_a_template_that_fits(string key, string? json, string expected)
    {
        Printer().Options();
        Assert.Contains($"; expected {expected}", _configuration.With(key, json).OneFault(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_of_a_meter_that_only_prints_is_read() =>
        Assert.Equal(("narrow-nb", 1200, TimeSpan.FromSeconds(3)), Printer().Options().Meter.Printer is { Template: { } template } printer ? (template.Id, printer.Vat, printer.Quiet) : default);

    [Fact]
    public void A_meter_that_is_heard_on_the_line_that_the_agent_sits_in_has_no_other_port()
    {
        Printer().With("Meter:Serial:Port", null);
        Assert.StartsWith("Meter:Serial:Port: found nothing", _configuration.OneFault(), StringComparison.Ordinal);
        _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", "\"/dev/ttyUSB2\"").With("Printer:MeterPort", "\"/dev/ttyUSB3\"").With("Printer:Bypass", "\"dtr\"");
        Assert.Equal("/dev/ttyUSB3", _configuration.Options().Printer.MeterPort);
        Assert.Contains("expected nothing, because Printer:MeterPort is set", _configuration.With("Meter:Serial:Port", "\"/dev/ttyUSB9\"").OneFault(), StringComparison.Ordinal);
    }

    private TestConfiguration Printer() => _configuration
        .With("Meter:Source", "\"receipt-printer\"")
        .With("Meter:Id", "\"P-88\"")
        .With("Meter:Printer:Template", "\"narrow-nb\"")
        .With("Meter:Printer:Vat", "1200");

    private TestConfiguration Contacts() => _configuration
        .With("Meter:Serial:Port", null)
        .With("Meter:Source", "\"contacts\"")
        .With("Meter:Id", "\"M-88\"")
        .With("Meter:Contacts:Stopped", "\"5\"")
        .With("Meter:Contacts:Vat", "1200");

    [Fact]
    public void Keys_and_screens_need_a_device_unless_there_are_none()
    {
        Assert.Equal(
            $"Driver:KeypadDevice: found \"\" in {_configuration.File} line 1; expected an absolute path, because Driver:Keypad is \"input-events\"",
            _configuration.With("Driver:KeypadDevice", "\"\"").OneFault());
        _configuration.With("Driver:Keypad", "\"none\"").Options();

        Assert.StartsWith("Driver:DisplayDevice: found \"\" in ", _configuration.With("Driver:DisplayDevice", "\"\"").OneFault(), StringComparison.Ordinal);
        Assert.StartsWith("Driver:DisplayDevice: found \"\" in ", _configuration.With("Driver:Display", "\"pcf8574\"").OneFault(), StringComparison.Ordinal);
        Assert.StartsWith("Driver:DisplayDevice: found \"\" in ", _configuration.With("Driver:Display", "\"serial\"").OneFault(), StringComparison.Ordinal);
        _configuration.With("Driver:Display", "\"terminal\"").Options();
        _configuration.With("Driver:Display", "\"none\"").Options();
    }

    [Fact]
    public void Who_listens_for_webhooks_has_their_secret()
    {
        var fault = _configuration.With("Webhooks:Listen", "\"http://127.0.0.1:8443\"").OneMissing();
        Assert.StartsWith("Webhooks:Secret: found nothing; expected ", fault, StringComparison.Ordinal);
        Assert.EndsWith(", because Webhooks:Listen is set", fault, StringComparison.Ordinal);

        var webhooks = _configuration.Credential("webhooks-secret", "a-secret-of-webhooks\n").Options().Webhooks;
        Assert.Equal((new Uri("http://127.0.0.1:8443"), "a-secret-of-webhooks"), (webhooks.Listen, webhooks.Secret));
    }

    [Fact]
    public void A_value_that_is_wrong_by_itself_is_one_fault_and_not_two()
    {
        var fault = _configuration.With("EPayment:TryTimeout", "\"never\"").OneFault();

        Assert.StartsWith("EPayment:TryTimeout: found \"never\" in ", fault, StringComparison.Ordinal);
    }
}
