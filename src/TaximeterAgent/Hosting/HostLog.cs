using Microsoft.Extensions.Logging;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Hosting;

/// <summary>What the process tells the log.</summary>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "The engine stopped by a mistake in the program.")]
    public static partial void EngineFailed(ILogger logger, Exception exception);

    /// <summary>A device's state has changed.</summary>
    public static void Device(ILogger logger, string device, DeviceStatus status)
    {
        if (status.State == DeviceState.Open)
            DeviceOpen(logger, device, status.Message);
        else
            DeviceTrouble(logger, device, status.State, status.Message);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Device}: {Message}")]
    public static partial void DeviceOpen(ILogger logger, string device, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} {State}: {Message}")]
    public static partial void DeviceTrouble(ILogger logger, string device, DeviceState state, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "The meter printed, {Kind}: {What}")]
    public static partial void Printed(ILogger logger, string kind, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed {Count} open trips.")]
    public static partial void Resumed(ILogger logger, int count);
}
