using System.Collections;
using System.Collections.Immutable;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Configuration;

/// <summary>
/// Reads the configuration from its file, the environment and the credentials, in this order; a later source wins. Never throws for what it reads.
/// </summary>
internal static class ConfigurationLoader
{
    /// <summary>Where the file is if nobody says.</summary>
    public const string DefaultFile = "/etc/taximeter-agent/config.json";

    /// <summary>Reads with the environment of this process.</summary>
    public static ConfigurationReport Load(string file) => Load(file, ProcessEnvironment());

    public static ConfigurationReport Load(string file, IReadOnlyDictionary<string, string> environment)
    {
        var collected = new Collected();
        FileSource.Collect(file, collected);
        EnvironmentSource.Collect(environment, collected);
        CredentialSource.Collect(environment, file, collected);
        return Report(file, collected);
    }

    /// <summary>Checks a configuration that is not on the disk yet, by the same rules; without the variables of this process, which are not the agent's.</summary>
    /// <param name="file">The file that it will be.</param>
    /// <param name="json">What will be in it.</param>
    /// <param name="secrets">The secrets that will be credentials.</param>
    public static ConfigurationReport Check(string file, byte[] json, IReadOnlyDictionary<ConfigurationKey, string> secrets)
    {
        var collected = new Collected();
        FileSource.Collect(file, json, UnixFileMode.None, collected);
        foreach (var (key, text) in secrets)
            collected.Put(key, new RawValue(RawKind.Text, text, new ConfigurationSource(SourceKind.Credential, key.Credential!)));
        return Report(file, collected);
    }

    /// <summary>What a key that is missing wants, and for a secret where it may stand.</summary>
    public static string Wanted(ConfigurationKey key) =>
        key.Secret ? $"{key.Expected}, as the credential {key.Credential}, the variable {key.Variable} or in the file" : key.Expected;

    private static ConfigurationReport Report(string file, Collected collected)
    {
        CheckEach(collected);
        AddDefaults(collected);
        CrossKeyRules.Check(collected);
        return new ConfigurationReport
        {
            File = file,
            Options = collected.Faults.Count == 0 ? OptionsBuilder.Build(collected) : null,
            Faults = [.. collected.Faults],
            Missing = [.. collected.Missing],
            Encrypted = [.. collected.Encrypted.Where(secret => !collected.TryGet(secret.Key, out _)).Select(secret => (secret.Key, secret.Value))],
            Entries = [.. Keys.All.Select(key => Entry(key, collected))],
            Secrets = [.. Keys.All.Where(key => key.Secret).Select(key => collected.TryGet(key, out var raw) ? raw.Text : "").Where(text => text.Length > 0)],
        };
    }

    private static void CheckEach(Collected collected)
    {
        foreach (var key in Keys.All)
        {
            if (collected.TryGet(key, out var raw))
            {
                if (!key.Accepts(raw))
                    collected.Fault(key.Name, $"{raw.Describe(key.Secret)} in {raw.Source}", key.Expected);
            }
            else if (key.Required && collected.Complete && !collected.Encrypted.ContainsKey(key))
            {
                if (key.Secret)
                    collected.Miss(key, Wanted(key));
                else
                    collected.Fault(key.Name, "nothing", Wanted(key));
            }
        }
    }

    private static void AddDefaults(Collected collected)
    {
        foreach (var key in Keys.All.Where(key => key.Default is not null && !collected.TryGet(key, out _)))
            collected.Put(key, Default(key.Default!));
        if (!collected.TryRead(Keys.CarCountry, out var country))
            return;
        var (language, currency, brand) = country switch
        {
            Country.SE => ("sv", null, "Vipps"),
            Country.DK => ("da", "DKK", "MobilePay"),
            Country.FI => ("fi", "EUR", "MobilePay"),
            _ => ("nb", "NOK", "Vipps"),
        };
        if (!collected.TryGet(Keys.CarBrand, out _))
            collected.Put(Keys.CarBrand, Default(brand));
        if (!collected.TryGet(Keys.CarLanguage, out _))
            collected.Put(Keys.CarLanguage, Default(language));
        if (currency is not null && !collected.TryGet(Keys.CarCurrency, out _))
            collected.Put(Keys.CarCurrency, Default(currency));
    }

    private static RawValue Default(string text) => new(RawKind.Text, text, ConfigurationSource.Default);

    private static ConfigurationEntry Entry(ConfigurationKey key, Collected collected) =>
        collected.TryGet(key, out var raw)
            ? new ConfigurationEntry(key, key.Secret ? ConfigurationReport.Masked : Urls.WithoutUser(raw.Text), raw.Source)
            : collected.Encrypted.TryGetValue(key, out var encrypted)
            ? new ConfigurationEntry(key, ConfigurationReport.Masked, new ConfigurationSource(SourceKind.Credential, encrypted))
            : new ConfigurationEntry(key, null, ConfigurationSource.Default);

    private static Dictionary<string, string> ProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        return variables;
    }
}
