namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>What can be found wrong with a car. The words stay as they are, for programs and for docs/technician.md, which tells of each.</summary>
internal enum FindingKind
{
    /// <summary>systemd does not know the service, or may not start it.</summary>
    ServiceMissing,

    /// <summary>Nobody runs the agent.</summary>
    ServiceStopped,

    /// <summary>The agent has ended with a failure and is not started again.</summary>
    ServiceFailed,

    /// <summary>The agent ends again and again, and is started anew each time.</summary>
    ServiceLooping,

    /// <summary>The agent runs and does not answer.</summary>
    ServiceSilent,

    /// <summary>An older agent runs than the one that is installed.</summary>
    ServiceOutdated,

    /// <summary>A value of the configuration is wrong.</summary>
    ConfigurationWrong,

    /// <summary>A secret is nowhere.</summary>
    KeysMissing,

    /// <summary>The disk takes nothing: mounted read-only, or by the kernel after errors.</summary>
    DiskReadOnly,

    /// <summary>There is no room for what the agent has to store.</summary>
    DiskFull,

    /// <summary>There soon will be none.</summary>
    DiskFilling,

    /// <summary>The outbox's database is damaged.</summary>
    DatabaseDamaged,

    /// <summary>In the outbox's place is something else.</summary>
    DatabaseForeign,

    /// <summary>The outbox's database was written by a newer agent.</summary>
    DatabaseNewer,

    /// <summary>The disk or the system does not let the database be read.</summary>
    DatabaseUnreadable,

    /// <summary>A call waits for longer than a network is away.</summary>
    CallsLate,

    /// <summary>Trips that only a person can settle.</summary>
    TripsStuck,

    /// <summary>A device is not there, or was unplugged.</summary>
    DeviceMissing,

    /// <summary>Another program has the device.</summary>
    DeviceBusy,

    /// <summary>The agent's user may not open the device.</summary>
    DeviceForbidden,

    /// <summary>The device takes nothing, or does not answer.</summary>
    DeviceStalled,

    /// <summary>The device is not what is needed.</summary>
    DeviceUnusable,

    /// <summary>Nothing comes over the meter's line.</summary>
    MeterSilent,

    /// <summary>The meter speaks at another speed or parity.</summary>
    MeterSpeed,

    /// <summary>The meter is heard and does not hear.</summary>
    MeterDeaf,

    /// <summary>The line gives back what the agent says.</summary>
    MeterEcho,

    /// <summary>Another meter is on the line.</summary>
    MeterOther,

    /// <summary>The meter refuses the agent's greeting.</summary>
    MeterProtocol,

    /// <summary>Many of the meter's frames are damaged.</summary>
    MeterNoise,

    /// <summary>What the meter prints is not understood.</summary>
    MeterPrints,

    /// <summary>The ignition's line is not sensed as it should be.</summary>
    IgnitionTrouble,

    /// <summary>The customer gets no paper.</summary>
    PrinterTrouble,

    /// <summary>The modem is off, locked, or without a network.</summary>
    NetworkModem,

    /// <summary>No interface has a link.</summary>
    NetworkLink,

    /// <summary>The board has no address.</summary>
    NetworkAddress,

    /// <summary>There is no way out of the board's own network.</summary>
    NetworkRoute,

    /// <summary>The payment service's name is not resolved.</summary>
    NetworkName,

    /// <summary>The payment service takes no connection.</summary>
    NetworkConnection,

    /// <summary>Something else answers in the payment service's place, or TLS does not pass.</summary>
    NetworkTls,

    /// <summary>The only authorities that the car trusts have expired, or soon will have.</summary>
    AuthoritiesExpired,

    /// <summary>The car's clock is wrong.</summary>
    ClockWrong,

    /// <summary>The payment service does not take the keys.</summary>
    KeysRefused,

    /// <summary>The payment service is reached and does not answer as it should.</summary>
    PaymentService,

    /// <summary>The sales unit may not ask a customer's phone.</summary>
    SalesUnitPush,

    /// <summary>The sales unit does not take the car's currency.</summary>
    SalesUnitCurrency,

    /// <summary>The sales unit is not set up for something else that was asked for.</summary>
    SalesUnitNotSetUp,

    /// <summary>The agent's own listener gets no webhooks that it can take.</summary>
    WebhooksFailing,

    /// <summary>The fleet's relay is away.</summary>
    RelayAway,
}
