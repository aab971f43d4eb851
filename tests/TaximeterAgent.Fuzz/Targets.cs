namespace TaximeterAgent.Fuzz;

/// <summary>Every target by its name, in the order in which they are run.</summary>
internal static class Targets
{
    public static readonly IReadOnlyDictionary<string, Func<IFuzzTarget>> ByName = new Dictionary<string, Func<IFuzzTarget>>
    {
        ["frames"] = () => new FramesTarget(() => new AgentFrames()),
        ["fields"] = () => new FieldsTarget(() => new LinkProbe()),
        ["phones"] = () => new PhonesTarget(Core.Phones.PhoneNumber.Parse),
        ["answers"] = () => new AnswersTarget(AnswersTarget.CallAsync),
        ["webhooks"] = () =>
        {
            // Always the same moment, so that an input is signed and fresh whenever it is run again.
            var verifier = new EPayment.WebhookVerifier([SignedRequests.Secret], StandingTime.Instance);
            return new WebhooksTarget((request, body) => verifier.Verify(request, body), [SignedRequests.Secret], StandingTime.Instance);
        },
        ["configuration"] = () => new ConfigurationTarget(TaximeterAgent.Configuration.ConfigurationLoader.Load),
        ["receipts"] = () => new ReceiptsTarget(ReceiptsTarget.Read),
        ["control"] = () => new ControlTarget(),
    };
}
