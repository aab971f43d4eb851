using TaximeterAgent.Simulator.Scenarios.Years;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Every scenario, in the order in which <c>list</c> names and <c>all</c> plays them.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. FareScenarios.All,
        .. ReservationScenarios.All,
        .. VoidScenarios.All,
        .. OutcomeScenarios.All,
        .. RefundScenarios.All,
        .. TechnicianScenarios.All,
        .. DoctorScenarios.All,
        .. StoreScenarios.All,
        .. TenYears.All,
        .. DiskScenarios.All,
        .. UpgradeScenarios.All,
        .. WebhookScenarios.All,
        .. RelayScenarios.All,
        .. CloudOutageScenarios.All,
        .. AppBookingScenarios.All,
        .. OrphanScenarios.All,
        .. NetworkScenarios.All,
        .. ContactScenarios.All,
        .. PrinterScenarios.All,
        .. InLineScenarios.All,
        .. PanelScenarios.All,
        .. PaperScenarios.All,
        .. LineScenarios.All,
    ];

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
