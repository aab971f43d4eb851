using System.Text.Json.Nodes;
using TaximeterAgent.Board.Power;

namespace TaximeterAgent.Board.Tests;

public sealed class GuestConfigurationTests : IDisposable
{
    private const string World = """
        { "Car": { "Id": "NO-4711-T7" },
          "EPayment": { "BaseUrl": "https://localhost:1", "ClientId": "the-id", "ClientSecret": "the-secret", "SubscriptionKey": "the-key", "MerchantSerialNumber": "123456" },
          "Meter": { "Source": "tfp1", "Serial": { "Port": "/tmp/x/meter", "BaudRate": 4800 } },
          "Driver": { "Keypad": "input-events", "KeypadDevice": "/tmp/x/keypad", "KeypadFifo": true, "Display": "lcd", "DisplayDevice": "/tmp/x/lcd", "DisplayFifo": true },
          "Outbox": { "Directory": "/tmp/x/outbox" }, "Control": { "Socket": "/tmp/x/control" } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("board-tests-").FullName;
    private readonly JsonObject _written;

    public GuestConfigurationTests()
    {
        string authority = Path.Combine(_folder, "given.pem");
        File.WriteAllText(authority, "-----BEGIN CERTIFICATE-----");
        Made = Directory.CreateDirectory(Path.Combine(_folder, "etc")).FullName;
        GuestConfiguration.Write(World, authority, Made);
        _written = JsonNode.Parse(File.ReadAllText(Path.Combine(Made, "config.json")))!.AsObject();
    }

    private string Made { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_keys_are_files_of_roots_and_not_in_the_configuration()
    {
        Assert.Equal("the-secret\n", File.ReadAllText(Path.Combine(Made, "credentials", "epayment-client-secret")));
        Assert.Equal("the-id\n", File.ReadAllText(Path.Combine(Made, "credentials", "epayment-client-id")));
        Assert.Equal("the-key\n", File.ReadAllText(Path.Combine(Made, "credentials", "epayment-subscription-key")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Made, "credentials", "epayment-client-secret")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(Made, "credentials")));
        Assert.DoesNotContain("the-", _written.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("123456", _written["EPayment"]!["MerchantSerialNumber"]!.GetValue<string>());
    }

    [Fact]
    public void Contacts_are_at_the_boards_own_chip_with_resistors_of_their_own()
    {
        const string Contacts = """
            "Meter": { "Source": "contacts", "Contacts": { "Chip": "/tmp/x/contacts", "Fifo": true, "Hired": "4" } }
            """;
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "contacts")).FullName;
        string serial = World.Split('\n').Single(line => line.Contains("\"Meter\"", StringComparison.Ordinal));
        GuestConfiguration.Write(World.Replace(serial, Contacts + ",", StringComparison.Ordinal), Path.Combine(_folder, "given.pem"), folder);
        JsonNode meter = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!["Meter"]!;
        Assert.Equal("""{"Source":"contacts","Contacts":{"Chip":"board-contacts","Hired":"4","Bias":"disabled"}}""", meter.ToJsonString());
    }

    [Fact]
    public void Nothing_of_this_machine_is_left_and_what_the_scenario_chose_is()
    {
        Assert.DoesNotContain("/tmp/", _written.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Fifo", _written.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("/dev/taximeter-meter", _written["Meter"]!["Serial"]!["Port"]!.GetValue<string>());
        Assert.Equal(4800, _written["Meter"]!["Serial"]!["BaudRate"]!.GetValue<int>());
        Assert.Equal("https://localhost:1", _written["EPayment"]!["BaseUrl"]!.GetValue<string>());
        Assert.Equal("-----BEGIN CERTIFICATE-----", File.ReadAllText(Path.Combine(Made, "authority.pem")));
    }
}
