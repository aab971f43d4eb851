namespace TaximeterAgent.Cli;

/// <summary>What the process says when it ends. The numbers are those of <c>sysexits.h</c>, which systemd knows by name.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped as asked.</summary>
    public const int Ok = 0;

    /// <summary>The person who was asked said no; nothing was done.</summary>
    public const int Declined = 1;

    /// <summary><c>status</c> or <c>doctor</c> has been read whole, and a part of the car is red.</summary>
    public const int Red = 2;

    /// <summary><c>doctor</c> has found something, and nothing that keeps payments from working.</summary>
    public const int Yellow = 3;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>What was asked for cannot be done: the name stands for more than one trip, or there is not so much to refund. The message says which.</summary>
    public const int NotPossible = 65;

    /// <summary>There is no such trip, or no such device.</summary>
    public const int NotFound = 66;

    /// <summary>The agent that a command wants to talk to does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>A mistake in this program.</summary>
    public const int Software = 70;

    /// <summary>The disk or a device failed, or is not what it should be; the outbox's database cannot be opened.</summary>
    public const int InputOutput = 74;

    /// <summary>The agent answers, but cannot do it now: it starts, stops, has too much to do, or its disk is full. Or a device is in use by another program.</summary>
    public const int TryAgain = 75;

    /// <summary>A test payment may have left money reserved or charged that could not be given back; the message says which.</summary>
    public const int LeftOut = 76;

    /// <summary>The user may not do this.</summary>
    public const int NoPermission = 77;

    /// <summary>
    /// The configuration is wrong. Starting again changes nothing, so systemd should not. Keys that are missing are no reason for the agent itself to end: it runs, and
    /// requests nothing.
    /// </summary>
    public const int Configuration = 78;

    /// <summary>Stopped by Ctrl+C while it waited, as shells have it.</summary>
    public const int Interrupted = 130;
}
