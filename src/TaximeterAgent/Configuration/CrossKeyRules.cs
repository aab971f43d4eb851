using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Configuration;

/// <summary>What one key's value asks of another's. Each rule looks only at values that are right by themselves, so that one slip is one fault.</summary>
internal static class CrossKeyRules
{
    // What the real service does, whatever a configuration would like. Shorter is for a simulator on this machine.
    private static readonly TimeSpan RealLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RealMargin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RealRateWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RealPollEvery = TimeSpan.FromMilliseconds(500);

    public static void Check(Collected values)
    {
        CurrencyOfSweden(values);
        NotLonger(values, Keys.ConnectTimeout, Keys.TryTimeout);
        NotLonger(values, Keys.BackoffFirst, Keys.BackoffMost);
        NotLonger(values, Keys.Heartbeat, Keys.HeartbeatLost, equal: false);
        AtLeastForTheRealService(values, Keys.PaymentLifetime, RealLifetime);
        AtLeastForTheRealService(values, Keys.CertaintyMargin, RealMargin);
        AtLeastForTheRealService(values, Keys.RateWindow, RealRateWindow);
        AtLeastForTheRealService(values, Keys.PollEvery, RealPollEvery);
        Devices(values);
        SecretOfWebhooks(values);
    }

    private static void CurrencyOfSweden(Collected values)
    {
        if (values.TryRead(Keys.CarCountry, out var country) && country == Country.SE && !values.TryGet(Keys.CarCurrency, out _))
            values.Fault(Keys.CarCurrency.Name, "nothing", $"{Keys.CarCurrency.Expected}; with {Keys.CarCountry.Name} \"SE\" it has no default");
    }

    private static void NotLonger(Collected values, ConfigurationKey<TimeSpan> shorter, ConfigurationKey<TimeSpan> longer, bool equal = true)
    {
        if (!values.TryRead(shorter, out var low) || !values.TryRead(longer, out var high) || low < high || (equal && low == high))
            return;
        values.Fault(longer.Name, Found(values, longer), $"{(equal ? "at least" : "more than")} {shorter.Name}, which is {Text(values, shorter)}");
    }

    private static void AtLeastForTheRealService(Collected values, ConfigurationKey<TimeSpan> key, TimeSpan least)
    {
        if (!values.TryRead(Keys.BaseUrl, out var text) || !Urls.TryService(text, out var url) || Urls.IsThisMachine(url))
            return;
        if (values.TryRead(key, out var value) && value < least)
            values.Fault(key.Name, Found(values, key), $"at least {least:c}, unless {Keys.BaseUrl.Name} is a loopback address");
    }

    private static void Devices(Collected values)
    {
        if (values.TryRead(Keys.Keypad, out var keypad) && keypad == KeypadKind.InputEvents && values.TryRead(Keys.KeypadDevice, out var keys) && keys.Length == 0)
            values.Fault(Keys.KeypadDevice.Name, Found(values, Keys.KeypadDevice), $"an absolute path, because {Keys.Keypad.Name} is \"input-events\"");
        if (values.TryRead(Keys.Display, out var display) && display == DisplayKind.Lcd && values.TryRead(Keys.DisplayDevice, out var lcd) && lcd.Length == 0)
            values.Fault(Keys.DisplayDevice.Name, Found(values, Keys.DisplayDevice), $"an absolute path, because {Keys.Display.Name} is \"lcd\"");
    }

    // Without a secret anybody who reaches the port could make the agent poll.
    private static void SecretOfWebhooks(Collected values)
    {
        if (values.TryRead(Keys.WebhookListen, out var listen) && listen.Length > 0 && !values.TryGet(Keys.WebhookSecret, out _))
            values.Fault(Keys.WebhookSecret.Name, "nothing", ConfigurationLoader.Wanted(Keys.WebhookSecret) + $", because {Keys.WebhookListen.Name} is set");
    }

    private static string Found(Collected values, ConfigurationKey key) =>
        values.TryGet(key, out var raw) ? $"{raw.Describe(key.Secret)} in {raw.Source}" : "nothing";

    private static string Text(Collected values, ConfigurationKey key) => values.TryGet(key, out var raw) ? Shown.Plain(raw.Text) : "";
}
