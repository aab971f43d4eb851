using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Sync;

/// <summary>What the engine tells the log. Never a secret, never a whole phone number.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Alarm {Kind} for trip {Trip}: {Detail}")]
    public static partial void Alarm(ILogger logger, AlarmKind kind, long trip, string detail);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The store has no room: no fare is acknowledged until there is. {Why}")]
    public static partial void StoreFull(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store has room again.")]
    public static partial void StoreBack(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The meter is not heard.")]
    public static partial void MeterSilent(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The disk is full: fares are stored in the outbox's reserve, of which {Left} of {Whole} bytes are left. Make room.")]
    public static partial void ReserveUsed(ILogger logger, long left, long whole);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox's reserve is whole again: {Whole} bytes.")]
    public static partial void ReserveWhole(ILogger logger, long whole);

    [LoggerMessage(Level = LogLevel.Information, Message = "The meter is heard again.")]
    public static partial void MeterBack(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "Another meter, {Meter}, is on the line, and not the one that is configured as Meter:Id: what it says is refused.")]
    public static partial void OtherMeter(ILogger logger, string meter);

    [LoggerMessage(Level = LogLevel.Error, Message = "The meter refuses our HELLO, so it speaks another version of the protocol: {Reason}.")]
    public static partial void HelloRefused(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The store failed and is not used further: {Why}")]
    public static partial void StoreFailed(ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ignition is off: nothing new is begun; {Calls} calls are under way and have {HoldUp}.")]
    public static partial void PowerFailing(ILogger logger, int calls, TimeSpan holdUp);

    [LoggerMessage(Level = LogLevel.Information, Message = "All is on disk and nothing is under way: the supply may go.")]
    public static partial void PowerAtRest(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The hold-up time is over and {Calls} calls have not come back: all else is on disk, they are read back after the next start.")]
    public static partial void PowerTooLate(ILogger logger, int calls);

    [LoggerMessage(Level = LogLevel.Information, Message = "The ignition is on: the agent goes on.")]
    public static partial void PowerBack(ILogger logger);
}
