using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Fleet;

/// <summary>What the fleet's side tells the log.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The relay's broker {Host} is there.")]
    public static partial void Connected(ILogger logger, string host);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay's broker {Host} is away, tried again until it is there; everything works by polling: {Why}.")]
    public static partial void Away(ILogger logger, string host, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Booking {Booking} from the relay is held and tried again: {Why}")]
    public static partial void Held(ILogger logger, string booking, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {What} from the relay cannot be read and is passed over.")]
    public static partial void Unreadable(ILogger logger, string what);

    [LoggerMessage(Level = LogLevel.Error, Message = "The report for the relay could not be made.")]
    public static partial void NoReport(ILogger logger, Exception exception);
}
