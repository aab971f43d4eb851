using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Relay.Store;

namespace TaximeterAgent.Relay.Clients;

/// <summary>Who may ask, by a key of its own: the taxi app's backend, and the operator. Of a key only its hash is kept.</summary>
internal sealed class ClientKeys(Database database)
{
    /// <summary>May make, look at and cancel its own bookings.</summary>
    public const string Bookings = "bookings";

    /// <summary>May look at cars and payments.</summary>
    public const string Operator = "operator";

    /// <summary>Adds a client and gives its key, which is shown only this once; null if there is one of that name.</summary>
    public async Task<string?> AddAsync(string name, string role, CancellationToken stop)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var command = database.Command("INSERT INTO clients (name, role, key_sha256) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING");
        command.With(name);
        command.With(role);
        command.With(Hash(key));
        return await command.ExecuteNonQueryAsync(stop) == 1 ? key : null;
    }

    /// <summary>Takes a client's key back; its bookings stay.</summary>
    public async Task<bool> RemoveAsync(string name, CancellationToken stop)
    {
        await using var command = database.Command("DELETE FROM clients WHERE name = $1");
        command.With(name);
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>Names and roles.</summary>
    public async Task<IReadOnlyList<(string Name, string Role)>> ListAsync(CancellationToken stop)
    {
        await using var command = database.Command("SELECT name, role FROM clients ORDER BY name");
        await using var reader = await command.ExecuteReaderAsync(stop);
        var clients = new List<(string Name, string Role)>();
        while (await reader.ReadAsync(stop))
            clients.Add((reader.GetString(0), reader.GetString(1)));
        return clients;
    }

    /// <summary>Whose key this is, if it is one of that role.</summary>
    public async Task<string?> NameAsync(string key, string role, CancellationToken stop)
    {
        if (key.Length is < 32 or > 200)
            return null;
        await using var command = database.Command("SELECT name FROM clients WHERE key_sha256 = $1 AND role = $2");
        command.With(Hash(key));
        command.With(role);
        return await command.ExecuteScalarAsync(stop) as string;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
