using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Store;

namespace TaximeterAgent.Relay.Cli;

/// <summary><c>taximeter-relay clients add|list|remove</c>: who may ask, by keys of their own.</summary>
internal static class ClientsCommand
{
    private const int LongestName = 60;

    public static Command Build(Option<string> file)
    {
        var role = new Option<string>("--role") { Description = "What the key is for: bookings, or operator.", HelpName = "ROLE", DefaultValueFactory = _ => ClientKeys.Bookings };
        role.AcceptOnlyFromAmong(ClientKeys.Bookings, ClientKeys.Operator);
        var added = NewName();
        var add = new Command("add", "Adds a client and prints its key, which is shown only this once.") { added, role };
        CommandLine.SetWork(add, file, async (parsed, options, stop) =>
        {
            using var database = new Database(options, NullLogger<Database>.Instance);
            await database.UpgradeAsync(stop);
            var name = parsed.GetRequiredValue(added);
            if (await new ClientKeys(database).AddAsync(name, parsed.GetRequiredValue(role), stop) is not { } key)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"{CommandLine.Name}: there is a client {name}; remove it first, or take another name");
                return ExitCode.NotPossible;
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(key);
            return ExitCode.Ok;
        });

        var list = new Command("list", "Lists the clients and their roles.");
        CommandLine.SetWork(list, file, async (parsed, options, stop) =>
        {
            using var database = new Database(options, NullLogger<Database>.Instance);
            await database.UpgradeAsync(stop);
            foreach (var (name, itsRole) in await new ClientKeys(database).ListAsync(stop))
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{name}\t{itsRole}");
            return ExitCode.Ok;
        });

        var removed = NewName();
        var remove = new Command("remove", "Takes a client's key back at once.") { removed };
        CommandLine.SetWork(remove, file, async (parsed, options, stop) =>
        {
            using var database = new Database(options, NullLogger<Database>.Instance);
            await database.UpgradeAsync(stop);
            if (await new ClientKeys(database).RemoveAsync(parsed.GetRequiredValue(removed), stop))
                return ExitCode.Ok;
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{CommandLine.Name}: there is no client {parsed.GetRequiredValue(removed)}");
            return ExitCode.NotPossible;
        });
        return new Command("clients", "Who may make bookings and look at cars.") { add, list, remove };
    }

    private static Argument<string> NewName()
    {
        var name = new Argument<string>("name") { Description = "The client's name." };
        name.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (text.Length is 0 or > LongestName || text.Any(char.IsControl)))
                result.AddError($"A client's name has 1 to {LongestName} characters.");
        });
        return name;
    }
}
