using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.EPayment;
using TaximeterAgent.Hosting;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Cli.Pay;

/// <summary><c>taximeter-agent pay test</c>: a whole payment in the test environment, of which nothing is left.</summary>
internal static class PayCommand
{
    /// <summary>The command that holds <c>test</c>.</summary>
    public const string Name = "pay";

    /// <summary>How long the undoing and a call before it may take after Ctrl+C; then the process is ended.</summary>
    public static readonly TimeSpan TimeToUndo = TimeSpan.FromMinutes(4);

    private const int SecondsDefault = 120;

    private const int SecondsMaximum = 600;

    /// <summary>Somebody sits and waits.</summary>
    private static readonly TimeSpan s_pollMost = TimeSpan.FromSeconds(4);

    public static Command Build(Option<string> file) => new(Name, "Tries a payment out.") { Test(file) };

    private static Command Test(Option<string> file)
    {
        var amount = new Option<long>("--amount") { Description = "Minor units: 200 is 2.00.", HelpName = "N", Required = true };
        amount.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Currencies.MaximumPayment))
                result.AddError($"--amount needs a whole number of minor units, 1 to {Currencies.MaximumPayment}: 200 for 2.00.");
        });
        var phone = new Option<string>("--phone") { Description = "The number of a test user.", HelpName = "NUMBER", Required = true };
        var approve = new Option<bool>("--approve") { Description = "Approves in the customer's place, which the test environment allows." };
        var capture = new Option<bool>("--capture") { Description = "Captures what is approved and refunds it, where else it is released." };
        var seconds = new Option<int>("--timeout") { Description = "How many seconds the customer may take.", HelpName = "N", DefaultValueFactory = _ => SecondsDefault };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SecondsMaximum))
                result.AddError($"--timeout needs a whole number of seconds, 1 to {SecondsMaximum}.");
        });
        var yes = Consent.Yes();
        var command = LocalCommand.Build("test", "Asks a test user for a payment and gives all back. In the test environment only.", async (parsed, report, stop) =>
        {
            var options = LocalCommand.OptionsOf(parsed.GetRequiredValue(file), needsKeys: true);
            DemandTest(options.EPayment.BaseUrl);
            var order = new PayOrder(
                Reference.OfTest(options.Car.Prefix, options.Car.Id, new RandomIds().NewId()[..16]),
                AmountOf(parsed.GetValue(amount), options.Car.Currency),
                PhoneOf(parsed.GetRequiredValue(phone), options.Car.Country),
                options.Car.Id)
            {
                Approve = parsed.GetValue(approve),
                Capture = parsed.GetValue(capture),
                Patience = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                PollEvery = options.EPayment.PollEvery < s_pollMost ? options.EPayment.PollEvery : s_pollMost,
                TryEvery = options.EPayment.RateWindow / 4.5,
                UndoWithin = options.EPayment.RateWindow * 1.7,
            };
            await Consent.RequireAsync(parsed.GetValue(yes), "pay test", () => Task.FromResult(Question(order, options)), report, stop);
            return await RunAsync(order, options, report, stop);
        });
        command.Add(amount);
        command.Add(phone);
        command.Add(approve);
        command.Add(capture);
        command.Add(seconds);
        command.Add(yes);
        return command;
    }

    private static async Task<int> RunAsync(PayOrder order, AgentOptions options, Report report, CancellationToken stop)
    {
        var client = AgentHost.Client(options);
        using var http = EPaymentHttpHandler.Create(client);
        var calls = new PayCalls(new EPaymentConnection(client, http, TimeProvider.System), client.SalesUnit, order, new RandomIds(), TimeProvider.System);
        var test = new PayTest(order, calls, line => SayAsync(report, line), TimeProvider.System);

        // A line to the car that is lost must not leave money reserved: hanging up is Ctrl+C.
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            gone.Cancel();
        });
        await test.RunAsync(gone.Token);

        var found = ReportOf(order, options, calls, test);
        if (report.Json)
            await report.WriteJsonAsync(JsonSerializer.Serialize(found, CliAnswer.Context.PayTestReport));
        if (!found.NothingLeft)
            throw new CommandFailedException(ExitCode.LeftOut, LeftOut(found), HowToCancel(found));
        if (!report.Json)
            await report.WriteLineAsync(found.Passed ? "passed: the payment was approved, and nothing of it is left" : $"not passed: {found.Result}; nothing is left");
        return CodeOf(found);
    }

    private static int CodeOf(PayTestReport found) => found switch
    {
        { Passed: true } => ExitCode.Ok,
        { Result: "interrupted" } => ExitCode.Interrupted,
        { Result: "not-created", Calls: [.., { Outcome: "not-sent" }] } => ExitCode.Unavailable,
        _ => ExitCode.NotPossible,
    };

    private static PayTestReport ReportOf(PayOrder order, AgentOptions options, PayCalls calls, PayTest test) => new()
    {
        Passed = test.Result == "approved" && test.NothingLeft,
        Result = test.Result,
        NothingLeft = test.NothingLeft,
        Reference = order.Reference.ToString(),
        Amount = order.Amount.MinorUnits,
        Currency = order.Amount.Currency.ToString(),
        Phone = order.Phone.Masked,
        Service = options.EPayment.BaseUrl.GetLeftPart(UriPartial.Authority),
        MerchantSerialNumber = options.EPayment.MerchantSerialNumber,
        State = test.Read is { } read ? Kebab.Of(read.State) : null,
        Authorized = test.Read?.Aggregate.Authorized ?? 0,
        Captured = test.Read?.Aggregate.Captured ?? 0,
        Refunded = test.Read?.Aggregate.Refunded ?? 0,
        Cancelled = test.Read?.Aggregate.Cancelled ?? 0,
        Calls = calls.Made,
    };

    private static string LeftOut(PayTestReport found)
    {
        var kept = found.Captured - found.Refunded;
        var what = found.State is null ? "may be reserved" : kept > 0 ? $"is out there, {Text.Money(kept, found.Currency)} of it captured" : "is out there";
        return $"not undone: payment {found.Reference}, {Text.Money(found.Amount, found.Currency)}, {what} (sales unit {found.MerchantSerialNumber}, {found.Service})";
    }

    private static IReadOnlyList<string> HowToCancel(PayTestReport found) =>
    [
        $"in the portal find {found.Reference} and cancel it, or refund it if it is captured; or call",
        $"POST {found.Service}/epayment/v1/payments/{found.Reference}/{(found.Captured > found.Refunded ? "refund" : "cancel")}",
        "a request that nobody approves ends by itself after ten minutes",
    ];

    private static void DemandTest(Uri service)
    {
        if (!TestService.IsTest(service))
        {
            throw new CommandFailedException(
                ExitCode.NotPossible, $"pay test is for the test environment only; {Keys.BaseUrl.Name} is {service.Authority}, and only {TestService.Host} and this machine are known to be tests");
        }
    }

    private static Money AmountOf(long minorUnits, Currency currency) => minorUnits >= currency.MinimumPayment()
        ? new Money(minorUnits, currency)
        : throw new CommandFailedException(
            ExitCode.NotPossible, $"--amount {minorUnits} is {Text.Money(minorUnits, currency.ToString())}; the least that the service takes is {Text.Money(currency.MinimumPayment(), currency.ToString())}");

    // What was typed is not repeated: it may be somebody's number with one digit too many.
    private static PhoneNumber PhoneOf(string text, Country home)
    {
        var fault = PhoneNumber.Parse(text, home, out var number);
        return fault == PhoneNumberFault.None
            ? number
            : throw new CommandFailedException(ExitCode.Usage, $"--phone: {Kebab.Of(fault).Replace('-', ' ')}; a national number, or one with + and the country's code");
    }

    private static string Question(PayOrder order, AgentOptions options) =>
        $"A request for {order.Amount} goes to {order.Phone.Masked} by {options.EPayment.BaseUrl.Authority}, sales unit {options.EPayment.MerchantSerialNumber}.\n"
            + $"What is approved is {(order.Capture ? "captured and refunded" : "released")}. Send it?";

    // While money is out there it must not be the output that ends the command.
    private static async Task SayAsync(Report report, string line)
    {
        try
        {
            if (report.Json)
                await report.Error.WriteLineAsync(Text.Line(line));
            else
                await report.WriteLineAsync(line);
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }
    }
}
