namespace TaximeterAgent.Cli;

/// <summary>What the process says when it ends. The numbers are those of <c>sysexits.h</c>, which systemd knows by name.</summary>
internal static class ExitCode
{
    /// <summary>Done, or stopped as asked.</summary>
    public const int Ok = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The agent that a command wants to talk to does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>A mistake in this program.</summary>
    public const int Software = 70;

    /// <summary>The disk or a device failed; the outbox's database cannot be opened.</summary>
    public const int InputOutput = 74;

    /// <summary>The user may not do this.</summary>
    public const int NoPermission = 77;

    /// <summary>The configuration is wrong. Starting again changes nothing, so systemd should not.</summary>
    public const int Configuration = 78;
}
