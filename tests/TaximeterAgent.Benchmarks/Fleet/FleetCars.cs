using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Core.Fleet;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>Cars at the broker as <c>broker.sh add-car</c> makes them, many at a time.</summary>
internal static class FleetCars
{
    public const string VirtualHost = "taxi";

    /// <summary>The password of every car here.</summary>
    public const string Password = "a car's password";

    private const int Together = 500;

    public static CarAddress Address(int number) =>
        CarAddress.TryOf("bench", "B" + number.ToString(CultureInfo.InvariantCulture), out var address) ? address : throw new ArgumentOutOfRangeException(nameof(number));

    /// <summary>Makes cars.</summary>
    /// <param name="broker">The broker's management.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task AddAsync(HttpClient broker, int first, int count, CancellationToken stop)
    {
        foreach (var numbers in Enumerable.Range(first, count).Chunk(Together))
        {
            using var answer = await broker.PostAsJsonAsync("definitions", Definitions([.. numbers.Select(Address)]), stop);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"the broker refused cars: {await answer.Content.ReadAsStringAsync(stop)}");
        }
    }

    private static JsonObject Definitions(IReadOnlyList<CarAddress> cars)
    {
        var hash = Hash(Password);
        return new JsonObject
        {
            ["queues"] = Each(cars.SelectMany(car => new[] { Queue(car.HintQueue), Queue(car.BookingQueue) })),
            ["bindings"] = Each(cars.SelectMany(car => new[] { Binding(BrokerNames.Hints, car.HintQueue, car), Binding(BrokerNames.Bookings, car.BookingQueue, car) })),
            ["users"] = Each(cars.Select(car => new JsonObject
            {
                ["name"] = car.User,
                ["password_hash"] = hash,
                ["hashing_algorithm"] = "rabbit_password_hashing_sha256",
                ["tags"] = "",
            })),
            ["permissions"] = Each(cars.Select(car => new JsonObject
            {
                ["user"] = car.User,
                ["vhost"] = VirtualHost,
                ["configure"] = "^$",
                ["write"] = $"^{BrokerNames.Reports}$",
                ["read"] = $@"^car\.{car.Prefix}\.{car.Car}\.(hints|bookings)$",
            })),
            ["topic_permissions"] = Each(cars.Select(car => new JsonObject
            {
                ["user"] = car.User,
                ["vhost"] = VirtualHost,
                ["exchange"] = BrokerNames.Reports,
                ["write"] = $@"^report\.{car.Prefix}\.{car.Car}$",
                ["read"] = "^$",
            })),
        };
    }

    private static JsonArray Each(IEnumerable<JsonObject> all) => new([.. all]);

    private static JsonObject Queue(string name) => new()
    {
        ["name"] = name,
        ["vhost"] = VirtualHost,
        ["durable"] = true,
        ["auto_delete"] = false,
        ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" },
    };

    private static JsonObject Binding(string exchange, string queue, CarAddress car) => new()
    {
        ["source"] = exchange,
        ["vhost"] = VirtualHost,
        ["destination"] = queue,
        ["destination_type"] = "queue",
        ["routing_key"] = car.RoutingKey,
        ["arguments"] = new JsonObject(),
    };

    // As RabbitMQ keeps it: four bytes of salt, then the hash of salt and password.
    private static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }
}
