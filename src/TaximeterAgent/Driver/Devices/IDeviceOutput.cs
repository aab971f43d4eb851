namespace TaximeterAgent.Driver.Devices;

/// <summary>What waits to be written to a device. Called on the device's thread.</summary>
internal interface IDeviceOutput
{
    /// <summary>The device was opened: what was begun on the old one is worth nothing.</summary>
    void Opened();

    /// <summary>The bytes that come next; empty if there are none. They do not change until <see cref="Written"/>.</summary>
    ReadOnlyMemory<byte> Next();

    /// <summary>So many of them were taken.</summary>
    void Written(int count);
}

/// <summary>What happens to a device. Called on the device's thread, or on a timer's if that one is stuck; must return soon and must not throw.</summary>
internal interface IDeviceEvents
{
    /// <summary>Bytes that are valid during the call.</summary>
    void Received(ReadOnlySpan<byte> bytes);

    void Changed(DeviceStatus status);
}
