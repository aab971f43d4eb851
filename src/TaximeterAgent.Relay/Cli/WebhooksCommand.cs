using System.CommandLine;
using TaximeterAgent.EPayment;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Payments;
using TaximeterAgent.Relay.Webhooks;

namespace TaximeterAgent.Relay.Cli;

/// <summary>
/// <c>taximeter-relay webhooks register|list|remove|check</c>: the registrations at the payment service. A registration's secret is shown by the service only once; it
/// goes into a file, 0600, and is never printed.
/// </summary>
internal static class WebhooksCommand
{
    public static Command Build(Option<string> file)
    {
        var unit = new Option<string?>("--msn") { Description = "The sales unit; needed where the keys' file names more than one.", HelpName = "MSN" };
        var register = new Command("register", "Registers this relay's address for all payment events of a sales unit. After it, remove the old registration: that is a rotation.") { unit };
        SetWork(register, file, unit, RegisterAsync);
        var list = new Command("list", "Lists the registrations of a sales unit, and whether their secret is here.") { unit };
        SetWork(list, file, unit, ListAsync);
        var id = new Argument<Guid>("id") { Description = "The registration." };
        var remove = new Command("remove", "Removes a registration and its secret.") { unit, id };
        SetWork(remove, file, unit, (target, stop) => RemoveAsync(target, target.Parsed.GetRequiredValue(id), stop));
        var check = new Command("check", "Says whether every sales unit is registered for this relay with a secret that is here. The service deletes a registration after two weeks of failures. To be run daily.");
        CommandLine.SetWork(check, file, CheckAsync);
        return new Command("webhooks", "The registrations at the payment service.") { register, list, remove, check };
    }

    private static async Task<int> RegisterAsync(Target target, CancellationToken stop)
    {
        if (target.Options.Webhooks.PublicUrl.Length == 0)
            return await target.FailAsync(ExitCode.Configuration, "Webhooks:PublicUrl: missing; it is the address that the payment service delivers to");
        switch (await target.Client.RegisterAsync(target.Unit, new Uri(target.Options.Webhooks.PublicUrl), WebhookEvents.All, stop))
        {
            case Answered<WebhookRegistration> { Value: var made }:
                try
                {
                    SecretFiles.Write(target.Options.Webhooks.SecretsDirectory, made.Id, made.Secret);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Without its secret the registration would only collect failures.
                    await target.Client.DeleteAsync(target.Unit, made.Id, CancellationToken.None);
                    return await target.FailAsync(ExitCode.InputOutput, $"the secret cannot be kept, so the registration was taken back: {e.Message}");
                }

                await target.SayAsync($"{made.Id:D}\t{target.Options.Webhooks.PublicUrl}");
                return ExitCode.Ok;
            case var failed:
                return await target.FailAsync(failed, "registered; look with list before trying again");
        }
    }

    private static async Task<int> ListAsync(Target target, CancellationToken stop)
    {
        var outcome = await target.Client.ListAsync(target.Unit, stop);
        if (outcome is not Answered<IReadOnlyList<RegisteredWebhook>> { Value: var all })
            return await target.FailAsync(outcome, "listed");
        var here = SecretFiles.Ids(target.Options.Webhooks.SecretsDirectory).ToHashSet();
        foreach (var one in all)
            await target.SayAsync($"{one.Id:D}\t{one.Url}\t{(here.Contains(one.Id) ? "secret here" : "NO SECRET HERE")}\t{string.Join(' ', one.Events)}");
        return ExitCode.Ok;
    }

    private static async Task<int> RemoveAsync(Target target, Guid id, CancellationToken stop)
    {
        var outcome = await target.Client.DeleteAsync(target.Unit, id, stop);
        var gone = outcome is Refused<Done> { Problem.Status: 404 };
        if (outcome is not Answered<Done> && !gone)
            return await target.FailAsync(outcome, "removed");
        // The secret stays until nothing can be signed with it any more.
        var had = SecretFiles.Remove(target.Options.Webhooks.SecretsDirectory, id);
        return gone && !had ? await target.FailAsync(ExitCode.NotPossible, $"there is no registration {id:D}") : ExitCode.Ok;
    }

    private static async Task<int> CheckAsync(ParseResult parsed, RelayOptions options, CancellationToken stop)
    {
        using var keys = SalesUnitKeys.Read(options, TimeProvider.System);
        var output = parsed.InvocationConfiguration.Output;
        if (keys.All.Count == 0 || options.Webhooks.PublicUrl.Length == 0)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{CommandLine.Name}: check needs EPayment:KeysFile and Webhooks:PublicUrl");
            return ExitCode.Configuration;
        }

        var code = ExitCode.Ok;
        foreach (var msn in keys.All)
        {
            var target = new Target(parsed, options, keys, msn);
            var outcome = await target.Client.ListAsync(target.Unit, stop);
            if (outcome is not Answered<IReadOnlyList<RegisteredWebhook>> { Value: var all })
            {
                code = Math.Max(code, await target.FailAsync(outcome, "checked"));
                continue;
            }

            var finding = Finding(all, options);
            await output.WriteLineAsync($"{msn}\t{finding ?? "ok"}");
            if (finding is not null)
                code = Math.Max(code, ExitCode.Finding);
        }

        return code;
    }

    private static string? Finding(IReadOnlyList<RegisteredWebhook> all, RelayOptions options)
    {
        var here = SecretFiles.Ids(options.Webhooks.SecretsDirectory).ToHashSet();
        var ours = all.Where(one => one.Url == options.Webhooks.PublicUrl).ToList();
        if (ours.Count == 0)
            return $"not registered for {options.Webhooks.PublicUrl}: register it; the service may have deleted it after an outage";
        if (!ours.Exists(one => here.Contains(one.Id)))
            return $"registered, but without a secret in {options.Webhooks.SecretsDirectory}: every delivery is refused; register anew and remove {ours[0].Id:D}";
        var missing = WebhookEvents.All.Except(ours.Where(one => here.Contains(one.Id)).SelectMany(one => one.Events)).ToList();
        return missing.Count > 0 ? $"not registered for {string.Join(", ", missing)}: register anew and remove {ours[0].Id:D}" : null;
    }

    private static void SetWork(Command command, Option<string> file, Option<string?> unit, Func<Target, CancellationToken, Task<int>> work) =>
        CommandLine.SetWork(command, file, async (parsed, options, stop) =>
        {
            using var keys = SalesUnitKeys.Read(options, TimeProvider.System);
            var msn = parsed.GetValue(unit) ?? (keys.All.Count == 1 ? keys.All.First() : null);
            if (msn is not null && keys.All.Contains(msn))
                return await work(new Target(parsed, options, keys, msn), stop);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(keys.All.Count == 0
                ? $"{CommandLine.Name}: EPayment:KeysFile names no sales unit"
                : $"{CommandLine.Name}: name the sales unit with --msn; the keys' file has {string.Join(", ", keys.All)}");
            return ExitCode.Usage;
        });

    /// <summary>What a command is about.</summary>
    private sealed record Target(ParseResult Parsed, RelayOptions Options, SalesUnitKeys Keys, string Msn)
    {
        public SalesUnit Unit => Keys.Unit(Msn);

        public WebhookRegistrationClient Client { get; } = new(Keys.Of(Msn)!);

        public Task SayAsync(string line) => Parsed.InvocationConfiguration.Output.WriteLineAsync(line);

        public async Task<int> FailAsync(int code, string why)
        {
            await Parsed.InvocationConfiguration.Error.WriteLineAsync($"{CommandLine.Name}: {why}");
            return code;
        }

        /// <summary>Says why a call did not do what it should.</summary>
        public Task<int> FailAsync<T>(CallOutcome<T> outcome, string done) => outcome switch
        {
            Refused<T> refused => FailAsync(
                refused.Problem.Status is 401 or 403 ? ExitCode.NoPermission : ExitCode.NotPossible,
                $"sales unit {Msn}: the payment service refuses it ({refused.Problem.Status} {refused.Problem.ErrorCode}); trace id {refused.TraceId ?? "none"}"),
            NotSent<T> { Kind: NotSentKind.TokenRefused } => FailAsync(ExitCode.NoPermission, $"sales unit {Msn}: the payment service refuses the keys"),
            NotSent<T> notSent => FailAsync(ExitCode.Unavailable, $"sales unit {Msn}: the payment service cannot be reached ({notSent.Kind}: {notSent.Detail})"),
            Unknown<T> unknown => FailAsync(ExitCode.Unavailable, $"sales unit {Msn}: no clear answer ({unknown.Kind}: {unknown.Detail}); it is not known whether it was {done}"),
            _ => FailAsync(ExitCode.Unavailable, $"sales unit {Msn}: not {done}"),
        };
    }
}
