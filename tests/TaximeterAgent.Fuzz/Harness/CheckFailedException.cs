namespace TaximeterAgent.Fuzz;

/// <summary>The program under test did what it must not. An input that shows it may be given where it is not the run's own.</summary>
internal sealed class CheckFailedException(string what, byte[]? input = null) : Exception(what)
{
    public byte[]? Input { get; } = input;
}

internal static class Check
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new CheckFailedException(otherwise);
    }
}
