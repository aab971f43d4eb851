namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>How it stands with a device in the car.</summary>
public enum DeviceState
{
    /// <summary>It works.</summary>
    Open,

    /// <summary>It was open and is gone: unplugged, hung up.</summary>
    Lost,

    /// <summary>There is no such device.</summary>
    Missing,

    /// <summary>Another program holds it.</summary>
    Busy,

    /// <summary>The agent's user may not open it.</summary>
    Forbidden,

    /// <summary>It is there, but it is not what is needed, or does not do what is asked for.</summary>
    Unusable,

    /// <summary>It is open and takes nothing.</summary>
    Stalled,
}

/// <summary>A device's state and what to tell the technician.</summary>
/// <param name="State">The state.</param>
/// <param name="Message">One line that names the device and, where something is wrong, what would help.</param>
public sealed record DeviceStatus(DeviceState State, string Message);
