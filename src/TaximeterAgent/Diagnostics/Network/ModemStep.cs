using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>The modem's own word: SIM, registration, signal. Of a board without ModemManager nothing is said.</summary>
internal sealed class ModemStep : NetworkStep
{
    /// <summary>Per cent; below this connections come and go.</summary>
    private const int WeakSignal = 20;

    public const string StepName = "modem";

    public override string Name => StepName;

    public override string WaitsFor => "ModemManager's answer";

    // A cable may do without it.
    public override bool Blocks => false;

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        if (route.IsHere)
            return StepResult.Skipped("the service is on this machine");
        var (modems, why) = await new ModemManager(route.ModemProgram).AskAsync(limit);
        if (modems is null)
            return StepResult.Skipped(why ?? "ModemManager does not answer");
        if (modems.Count == 0)
            return StepResult.Skipped("ModemManager knows no modem");
        var text = string.Join("; ", modems.Select(Describe));
        // One that works is enough.
        if (modems.Any(modem => Explain(modem) is null))
            return StepResult.Ok(text) with { Modems = modems };
        route.ModemIsBroken = true;
        var (cause, cure) = Explain(modems[0])!.Value;
        return StepResult.Broken(text, cause, cure) with { Modems = modems };
    }

    public override StepResult TimedOut(NetworkRoute route) => StepResult.Broken(
        $"{route.ModemProgram}: no answer within {route.Limit.TotalSeconds:0.#} s", "ModemManager hangs", "systemctl restart ModemManager; if it hangs again, cut the modem's power");

    private static string Describe(ModemReport modem) =>
        string.Join(", ", new[] { $"{modem.Name}: {modem.State}", modem.Registration, modem.Operator, modem.Technology, Signal(modem), modem.Lock, modem.Failure }.OfType<string>());

    private static string? Signal(ModemReport modem) => modem.Signal is { } signal ? $"signal {signal} %{(signal < WeakSignal ? ", weak" : "")}" : null;

    private static (string Cause, string Cure)? Explain(ModemReport modem) => modem switch
    {
        { Failure: "sim-missing" } => ("the modem finds no SIM card", "put the SIM in, or clean its contacts"),
        { State: "failed" } => ($"the modem has failed: {modem.Failure ?? "it does not say why"}", "cut the modem's power and give it back; else change it"),
        { Lock: { } name } => ($"the SIM waits for its {name}", "mmcli -i any --pin=…, and have the SIM's PIN switched off"),
        { Registration: "denied" } => ("the mobile network refuses the SIM", "look at the subscription: is it paid, is data allowed here"),
        { State: "disabled" or "disabling" } => ("the modem is switched off", "mmcli -m any --enable, and look why NetworkManager does not"),
        { State: "searching" or "enabled" or "enabling" or "initializing" or "unknown" } => ("the modem has found no network yet", "look at the antenna and where the car stands"),
        _ => null,
    };
}
