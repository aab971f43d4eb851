using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.EPayment;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>
/// What the payment service thinks of the sales unit. No call tells that but a request to a customer, and none is made for it: the last one that was answered says.
/// </summary>
internal sealed class SalesUnitExamination : Examination
{
    private const string Known = "exists";

    private static readonly string s_notSetUp = Kebab.Of(Ending.NotSetUp);

    public override string Part => "sales-unit";

    public override string WaitsFor => "the stories of the last trips";

    public override async Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        if (await StoredTrips.OfAsync(patient, stop) is not { } trips)
            return StoredTrips.Unread(patient);
        foreach (var read in trips)
        {
            if (await read() is not { } trip)
                continue;
            foreach (var attempt in trip.Attempts.Reverse())
            {
                if (attempt.Ending == s_notSetUp)
                    return Examined.Found(Judge(trip, attempt, patient.Options));
                if (attempt.Existence == Known)
                    return Examined.Well;
            }
        }

        return Examined.Well;
    }

    private Finding Judge(TripDetailReport trip, AttemptReport attempt, AgentOptions? options)
    {
        var answer = trip.History.LastOrDefault(line => line.Reference == attempt.Reference && line.Code is not null);
        var seen = $"the last request, of trip {Reporting.NumberOf(trip.Summary.Id)}, was refused{(answer?.Code is { } code ? $" with {code}" : "")}{(answer?.TraceId is { } trace ? $", trace {trace}" : "")}";
        var currency = trip.Summary.Currency ?? options?.Car.Currency.ToString() ?? "the currency";
        return AnswerCode.Read(answer?.Code)?.Error switch
        {
            EPaymentErrorCode.PushMessageNotSetUp => Red(
                FindingKind.SalesUnitPush, $"sales unit {attempt.Msn} is not approved for requests to a customer's phone (PUSH_MESSAGE)",
                "have Vipps MobilePay approve it for push messages; until then a code on paper or another way to pay does"),
            EPaymentErrorCode.NotSetUp5060 => Red(
                FindingKind.SalesUnitCurrency, $"sales unit {attempt.Msn} does not take {currency}",
                $"name the sales unit of the car's country in {Keys.MerchantSerialNumber.Name}, with its keys; or mend {Keys.CarCurrency.Name}"),
            var other => Red(
                FindingKind.SalesUnitNotSetUp, string.Create(CultureInfo.InvariantCulture, $"sales unit {attempt.Msn} is not set up for what was asked for ({other?.ToString(CultureInfo.InvariantCulture) ?? "no code"})"),
                "ask Vipps MobilePay what it lacks, with the code and the trace"),
        };

        Finding Red(FindingKind kind, string cause, string cure) => Finding.Red(kind, Part, seen, cause, cure);
    }
}
