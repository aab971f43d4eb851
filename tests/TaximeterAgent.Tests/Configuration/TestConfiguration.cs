using System.Text.Json.Nodes;
using TaximeterAgent.Configuration;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Tests.Configuration;

/// <summary>A directory of its own with a configuration file that is right, to be made wrong in one place.</summary>
internal sealed class TestConfiguration : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("taximeter-config-").FullName;

    public TestConfiguration()
    {
        File = Path.Combine(_directory, "config.json");
        Write(ReferencePage.SmallestFile);
    }

    public string File { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public ConfigurationReport Load() => ConfigurationLoader.Load(File, Environment);

    /// <summary>Sets a key in the file; <paramref name="json"/> is the value as JSON, null takes the key out.</summary>
    public TestConfiguration With(string key, string? json)
    {
        var root = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        var parts = key.Split(':');
        var section = root;
        foreach (var part in parts[..^1])
            section = (section[part] ??= new JsonObject()).AsObject();
        if (json is null)
            section.Remove(parts[^1]);
        else
            section[parts[^1]] = JsonNode.Parse(json);
        return Write(root.ToJsonString());
    }

    /// <summary>With the keys that the simulated payment service takes.</summary>
    public TestConfiguration AgainstSimulator(Uri service) =>
        With("EPayment:BaseUrl", $"\"{service.GetLeftPart(UriPartial.Authority)}\"")
            .With("EPayment:MerchantSerialNumber", $"\"{ServerDefaults.Msn}\"")
            .With("EPayment:ClientId", $"\"{ServerDefaults.ClientId}\"")
            .With("EPayment:ClientSecret", $"\"{ServerDefaults.ClientSecret}\"")
            .With("EPayment:SubscriptionKey", $"\"{ServerDefaults.SubscriptionKey}\"");

    public TestConfiguration Write(string text)
    {
        System.IO.File.WriteAllText(File, text);
        return Mode(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public TestConfiguration Write(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        return Mode(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public TestConfiguration Mode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File, mode);
        return this;
    }

    public TestConfiguration Variable(string name, string value)
    {
        Environment[name] = value;
        return this;
    }

    public TestConfiguration Credential(string name, string text)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_directory, "credentials")).FullName;
        Environment[CredentialSource.Variable] = directory;
        System.IO.File.WriteAllText(Path.Combine(directory, name), text);
        return this;
    }

    /// <summary>Loads what must be wrong in one place only, and gives its line.</summary>
    public string OneFault()
    {
        var report = Load();
        Assert.Null(report.Options);
        return Assert.Single(report.Faults).ToString();
    }

    /// <summary>Loads what lacks one secret, with which the agent runs all the same, and gives its line.</summary>
    public string OneMissing()
    {
        var report = Load();
        Assert.Empty(report.Faults);
        Assert.NotNull(report.Options);
        Assert.Equal(report.Missing.AsEnumerable(), report.Options.Missing);
        return Assert.Single(report.Missing).ToString();
    }

    public AgentOptions Options()
    {
        var report = Load();
        Assert.Empty(report.Faults);
        return report.Options!;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
