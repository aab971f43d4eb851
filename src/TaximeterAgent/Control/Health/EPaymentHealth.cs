using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.EPayment;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control.Health;

/// <summary>The payment service, by its last answers. What keeps calls from reaching it is the network's to tell.</summary>
internal static class EPaymentHealth
{
    public static Grade Of(EPaymentReport? calls, DateTimeOffset now)
    {
        if (calls is null)
            return Grade.Unknown("the agent does not say");
        var (success, failure) = (calls.LastSuccess, calls.LastFailure);
        if (failure is null || (success is not null && success.At >= failure.At))
            return Grade.Green(success is null ? "no call since the agent started" : $"last call {Roughly.Long(now - success.At)} ago: {success.What}, well");
        var what = $"{failure.What} {Roughly.Long(now - failure.At)} ago";
        var detail = (failure.Code is { } code ? $" ({code})" : "") + (failure.TraceId is { } trace ? $", trace {trace}" : "");
        return Enum.GetValues<CallEnd>().Where(end => Kebab.Of(end) == failure.Failure).Select(end => (CallEnd?)end).FirstOrDefault() switch
        {
            CallEnd.Unreachable => Grade.Yellow($"{what} did not reach it", "see the network above"),
            CallEnd.NoToken => Grade.Yellow($"{what} was not made: no token", "see the token above"),
            CallEnd.KeysRefused => Grade.Red($"{what}: keys refused{detail}", $"check the keys and {Keys.MerchantSerialNumber.Name}: {Grade.Command("config show")}"),
            CallEnd.Refused when IsNotSetUp(failure) => Grade.Red($"{what} was refused{detail}: the sales unit is not set up for it", $"see for what: {Grade.Command("doctor")}"),
            CallEnd.Refused => Grade.Green($"answers; {what} was refused{detail}"),
            _ => Grade.Yellow($"{what}: no answer to build on{detail}", "tried again by itself; if it stays, give the trace id to the service's support"),
        };
    }

    private static bool IsNotSetUp(ServiceCallReport failure) =>
        failure.What == Kebab.Of(OperationKind.Create)
        && AnswerCode.Read(failure.Code) is { } code && ErrorCatalogue.Classify(EPayment.Operation.Create, code.Status, code.Error) == ErrorAdvice.NotSetUp;
}
