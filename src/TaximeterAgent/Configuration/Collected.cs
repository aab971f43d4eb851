namespace TaximeterAgent.Configuration;

/// <summary>What the sources have brought so far: the value that counts for each key, and everything that was wrong.</summary>
internal sealed class Collected
{
    private readonly Dictionary<string, RawValue> _values = new(StringComparer.Ordinal);
    private readonly List<ConfigurationFault> _faults = [];
    private readonly List<ConfigurationFault> _missing = [];

    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    /// <summary>Secrets that no source has. No faults: the agent runs without them, and requests nothing.</summary>
    public IReadOnlyList<ConfigurationFault> Missing => _missing;

    /// <summary>Secrets that are there, encrypted for the service alone, and where: what they say is not known here.</summary>
    public Dictionary<ConfigurationKey, string> Encrypted { get; } = [];

    /// <summary>False if the file could not be read whole; then a key that is missing proves nothing.</summary>
    public bool Complete { get; set; } = true;

    /// <summary>Takes a value; one of an earlier source gives way.</summary>
    public void Put(ConfigurationKey key, RawValue value) => _values[key.Name] = value;

    public void Fault(string where, string found, string expected) => _faults.Add(new ConfigurationFault(where, found, expected));

    public void Miss(ConfigurationKey secret, string expected) => _missing.Add(new ConfigurationFault(secret.Name, "nothing", expected));

    public bool TryGet(ConfigurationKey key, out RawValue value) => _values.TryGetValue(key.Name, out value!);

    /// <summary>The key's value if there is one and it can be used.</summary>
    public bool TryRead<T>(ConfigurationKey<T> key, out T value)
    {
        if (TryGet(key, out var raw) && key.TryRead(raw, out var read))
        {
            value = read;
            return true;
        }

        value = default!;
        return false;
    }
}
