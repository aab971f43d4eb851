namespace TaximeterAgent.Simulator.Drive;

/// <summary>The keys that are no printable character, as the one character that stands for each.</summary>
internal static class DriveKeys
{
    public const char Interrupt = '\u0003';
    public const char Back = '\b';
    public const char Tab = '\t';
    public const char Enter = '\r';
    public const char Escape = '\u001B';
    public const char Up = '↑';
    public const char Down = '↓';
}
