namespace TaximeterAgent.Fuzz;

/// <summary>Configurations that are right, and values that may or may not be.</summary>
internal static class ConfigurationSamples
{
    /// <summary>Nothing else looks like them.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["s3cret-Client-Id-aXb9", "s3cret-Client-Secret-kQ4", "s3cret-Subscription-Wm7", "s3cret-Webhook-Zr2"];

    /// <summary>Every key.</summary>
    public const string Full = """
        {
          "Car": { "Id": "NO-4711-T7", "Prefix": "taxi", "Country": "SE", "Language": "sv", "Currency": "NOK", "Brand": "Vipps" },
          "EPayment": {
            "BaseUrl": "https://api.vipps.no", "MerchantSerialNumber": "123456",
            "ClientId": "s3cret-Client-Id-aXb9", "ClientSecret": "s3cret-Client-Secret-kQ4", "SubscriptionKey": "s3cret-Subscription-Wm7",
            "ConnectTimeout": "00:00:05", "TryTimeout": "00:00:15", "PollFirst": "00:00:05", "PollEvery": "00:00:02", "PaymentLifetime": "00:10:00",
            "CertaintyMargin": "00:01:00", "BackoffFirst": "00:00:02", "BackoffMost": "00:05:00", "RateWindow": "00:01:00"
          },
          "Meter": {
            "Id": "NO-4711", "Source": "tfp1", "AnswerTimeout": "00:00:01", "AnswerPause": "00:00:30", "Heartbeat": "00:00:10", "HeartbeatLost": "00:00:35",
            "Serial": { "Port": "/dev/ttyUSB0", "BaudRate": 19200, "Parity": "none", "Driver": "termios" }
          },
          "Driver": { "Keypad": "input-events", "KeypadDevice": "/dev/input/event0", "KeypadFifo": false, "Display": "lcd", "DisplayDevice": "/dev/lcd", "DisplayColumns": 20, "DisplayRows": 4 },
          "Outbox": { "Store": "sqlite", "Directory": "/var/lib/taximeter-agent", "PhoneRetention": "7.00:00:00", "HistoryRetention": "400.00:00:00", "HistoryMaximum": 500000, "UpkeepEvery": "01:00:00" },
          "Policy": {
            "OfflineMaxAge": "00:15:00", "OfflineMaxCount": 10, "OfflineMaxAmount": 500000, "NoShowAfter": "04:00:00", "OrphanAfter": "00:02:00", "ReserveAhead": true,
            "ChoiceTimeout": "12:00:00", "VoidAfterCapture": "ask"
          },
          "Webhooks": { "Listen": "http://127.0.0.1:8080", "Path": "/webhooks/car-7", "Secret": "s3cret-Webhook-Zr2" },
          "Control": { "Socket": "/run/taximeter-agent/control.sock" }
        }
        """;

    /// <summary>As a simulator on this machine wants it.</summary>
    public const string Simulated = """
        {
          "Car": { "Id": "1", "Prefix": "t", "Country": "FI" },
          "EPayment": {
            "BaseUrl": "http://[::1]:8443/", "MerchantSerialNumber": "1234",
            "ClientId": "s3cret-Client-Id-aXb9", "ClientSecret": "s3cret-Client-Secret-kQ4", "SubscriptionKey": "s3cret-Subscription-Wm7",
            "ConnectTimeout": "00:00:00.200", "TryTimeout": "00:00:00.500", "PollFirst": "00:00:00.050", "PollEvery": "00:00:00.020", "PaymentLifetime": "00:00:02", "RateWindow": "00:00:01"
          },
          "Meter": { "Serial": { "Port": "/dev/pts/3" } },
          "Driver": { "Keypad": "none", "Display": "none" }
        }
        """;

    public static readonly IReadOnlyList<string> Values =
    [
        "", " ", "0", "1", "-1", "00:00:00", "00:00:00.001", "00:00:00.010", "00:00:00.049", "00:00:00.05", "00:00:59.9999999", "00:01:00", "00:01:00.0000001", "00:02:00", "00:05:00", "01:00:00",
        "1.00:00:00", "99999.23:59:59.9999999", "5", "-00:00:01", "24:00:00", "00:60:00", "2147483648", "65000000", "true", "True", "NO", "no", "SEK", "a/b", "/", "/x", "//", "/dev/../x", "\\u0000", "/\\n",
        "NO-4711-T7", "--------------", "a-------------------------------", "å", "http://127.0.0.1:80", "http://127.0.0.1", "http://0.0.0.0:0", "http://[::]:1", "http://localhost:8080", "https://x",
        "https://user:pass@host", "http://example.com", "https://host/path", "https://[::1", "http://127.1:99999", "https://xn--", "https://host:0", "http://localhost.:1", "HTTPS://API.VIPPS.NO", "https://a..b",
        "/run/x.sock", "1234", "12345678", "abc", "ab cd", "0x10", "1e3", "01", "+5", "19200", "115201",
    ];
}
