using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.EPayment;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz.Tests;

/// <summary>Each thing that is looked for, broken on purpose, and seen.</summary>
public sealed class SabotageTests
{
    private static readonly WebhookVerifier s_verifier = new([SignedRequests.Secret], StandingTime.Instance);

    [Fact]
    public async Task A_reader_that_does_not_check_the_CRC_is_found() =>
        await AssertFoundAsync(new FramesTarget(() => new TrustingFrames()), "a damaged frame was taken for another");

    [Fact]
    public async Task A_reader_that_forgets_between_two_reads_is_found() =>
        await AssertFoundAsync(new FramesTarget(() => new ForgetfulFrames()), "byte by byte is not as at once", "frames/stream");

    [Fact]
    public async Task A_reader_that_keeps_what_it_read_is_found() =>
        await AssertFoundAsync(new FramesTarget(() => new HoardingFrames()), "memory grew", "frames/stream");

    [Fact]
    public async Task A_fare_that_is_read_wrongly_is_found() =>
        await AssertFoundAsync(new FieldsTarget(() => new LinkProbe(owner => new WrongFares(owner))), "the distance is not what the payload says");

    [Fact]
    public async Task A_message_that_is_neither_taken_nor_refused_is_found() =>
        await AssertFoundAsync(new FieldsTarget(() => new LinkProbe(owner => new SilentOwner(owner))), "not one answer to one message");

    [Fact]
    public async Task A_number_that_is_taken_without_its_country_is_found() =>
        await AssertFoundAsync(new PhonesTarget(AnyNumber), "accepted");

    [Fact]
    public async Task A_parser_that_throws_is_found() =>
        await AssertFoundAsync(new PhonesTarget((string? text, Country home, out PhoneNumber number) => text!.Contains('+') ? throw new FormatException("no") : PhoneNumber.Parse(text, home, out number)), "threw FormatException");

    [Fact]
    public async Task A_reader_that_takes_any_total_for_what_is_due_is_found() =>
        await AssertFoundAsync(new ReceiptsTarget(CarelessReceipts.AnyTotal), "an amount that is not printed was charged", "receipts/damaged");

    [Fact]
    public async Task A_reader_that_takes_no_receipt_at_all_is_found() =>
        await AssertFoundAsync(new ReceiptsTarget((_, _) => []), "a whole receipt was not read", "receipts/whole");

    [Fact]
    public async Task A_client_that_throws_is_found() =>
        await AssertFoundAsync(
            new AnswersTarget(async (client, unit, operation) =>
                await AnswersTarget.CallAsync(client, unit, operation) is var outcome && outcome is Unknown<Payment> { Kind: UnknownKind.UnreadableAnswer } ? throw new InvalidOperationException("unreadable") : outcome),
            "threw InvalidOperationException");

    [Fact]
    public async Task A_client_that_misreads_money_is_found() =>
        await AssertFoundAsync(
            new AnswersTarget(async (client, unit, operation) => await AnswersTarget.CallAsync(client, unit, operation) is var outcome && outcome is Answered<Payment> { Value: var payment } read
                ? read with { Value = payment with { Aggregate = payment.Aggregate with { Captured = payment.Aggregate.Captured / 10 } } }
                : outcome),
            "money misread");

    [Fact]
    public async Task A_client_that_shows_a_secret_is_found() =>
        await AssertFoundAsync(
            new AnswersTarget(async (client, unit, operation) => await AnswersTarget.CallAsync(client, unit, operation) is var outcome && outcome is Unknown<Payment> unknown
                ? new Unknown<Payment>(unknown.Kind, "Authorization: Bearer " + AnswerSamples.Secrets[3])
                : outcome),
            "an outcome shows a secret");

    [Fact]
    public async Task A_verifier_that_trusts_every_webhook_is_found() =>
        await AssertFoundAsync(Webhooks((request, body) => s_verifier.Verify(request, body) == WebhookVerdict.Malformed ? WebhookVerdict.Malformed : WebhookVerdict.Genuine), "accepted without a right signature");

    [Fact]
    public async Task A_verifier_that_does_not_look_at_the_body_is_found() =>
        await AssertFoundAsync(
            Webhooks((request, body) => s_verifier.Verify(request, body) is var verdict && verdict == WebhookVerdict.BodyChanged ? WebhookVerdict.Genuine : verdict), "accepted without a right signature");

    [Fact]
    public async Task A_listener_that_takes_somebody_elses_deliveries_is_found() =>
        await AssertFoundAsync(Webhooks(s_verifier.VerifyBytes, SignedRequests.OtherSecret), "accepted without a right signature", "webhooks/listener");

    [Fact]
    public async Task A_loader_that_throws_is_found() =>
        await AssertFoundAsync(new ConfigurationTarget((file, environment) => ConfigurationLoader.Load(file, environment) is { Options: null } ? throw new InvalidDataException("no") : ConfigurationLoader.Load(file, environment)), "threw InvalidDataException");

    [Fact]
    public async Task A_loader_that_accepts_what_is_out_of_bounds_is_found() =>
        await AssertFoundAsync(
            new ConfigurationTarget((file, environment) => Changed(ConfigurationLoader.Load(file, environment), options => options with { EPayment = options.EPayment with { ConnectTimeout = TimeSpan.FromHours(1) } })),
            "EPayment:ConnectTimeout is out of bounds");

    [Fact]
    public async Task A_fault_that_shows_a_secret_is_found() =>
        await AssertFoundAsync(
            new ConfigurationTarget((file, environment) => Changed(ConfigurationLoader.Load(file, environment), null, new ConfigurationFault("EPayment:ClientSecret", ConfigurationSamples.Secrets[1], "another"))),
            "a secret is shown");

    [Fact]
    public async Task A_fault_that_names_no_key_is_found() =>
        await AssertFoundAsync(
            new ConfigurationTarget((file, environment) => Changed(ConfigurationLoader.Load(file, environment), null, new ConfigurationFault("somewhere", "something", "else"))), "a fault names nothing that is there");

    [Fact]
    public async Task An_agent_that_makes_a_mistake_behind_its_socket_is_found() =>
        await AssertFoundAsync(new ControlTarget(agent => new MistakenAgent(agent)), "an answer that blames the agent");

    private static WebhooksTarget Webhooks(DeliveryVerdict verify, params string[] more) => new(verify, [SignedRequests.Secret, .. more], StandingTime.Instance);

    private static ConfigurationReport Changed(ConfigurationReport report, Func<AgentOptions, AgentOptions>? change, ConfigurationFault? more = null) => new()
    {
        File = report.File,
        Options = more is not null ? null : report.Options is { } options && change is not null ? change(options) : report.Options,
        Faults = more is not null ? [.. report.Faults, more] : report.Faults,
        Missing = report.Missing,
        Entries = report.Entries,
        Secrets = report.Secrets,
    };

    private static PhoneNumberFault AnyNumber(string? text, Country home, out PhoneNumber number)
    {
        var fault = PhoneNumber.Parse(text, home, out number);
        return fault != PhoneNumberFault.None && PhoneNumber.TryFromMsisdn(string.Concat(text!.Where(char.IsAsciiDigit)), out number) ? PhoneNumberFault.None : fault;
    }

    /// <summary>Runs one target in its quick form and sees this failure at its end.</summary>
    private static async Task AssertFoundAsync(IFuzzTarget target, string what, string? only = null)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await using (target)
        {
            var options = new FuzzOptions { Quick = true, Targets = only is null ? [] : [only] };
            Assert.False(await new Campaign(options, output).RunAsync(only is null ? target : new WithoutProofs(target)));
        }

        Assert.Contains(what, output.ToString(), StringComparison.Ordinal);
        Assert.Contains("failures=1", output.ToString(), StringComparison.Ordinal);
    }
}
