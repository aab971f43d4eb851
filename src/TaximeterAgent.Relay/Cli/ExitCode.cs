namespace TaximeterAgent.Relay.Cli;

/// <summary>What the process says when it ends; numbers of <c>sysexits.h</c>, the same as the agent's.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary><c>webhooks check</c>: something is missing or does not fit.</summary>
    public const int Finding = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>There is one of that name, or none.</summary>
    public const int NotPossible = 65;

    /// <summary>The payment service, the broker or the database does not answer.</summary>
    public const int Unavailable = 69;

    /// <summary>A file cannot be written.</summary>
    public const int InputOutput = 74;

    /// <summary>The payment service refuses the keys.</summary>
    public const int NoPermission = 77;

    /// <summary>The configuration is wrong. Starting again changes nothing.</summary>
    public const int Configuration = 78;
}
