using System.CommandLine;

namespace TaximeterAgent.Cli.Describe;

/// <summary>Prints what is written from the code.</summary>
internal static class WrittenPage
{
    public static async Task<int> TellAsync(ParseResult parsed, Func<string> write, CancellationToken stop)
    {
        string page;
        try
        {
            page = write();
        }
        catch (FileNotFoundException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"{CommandLine.Name}: an installed program cannot write this: the comments of its source are not there");
            return ExitCode.NotFound;
        }

        await parsed.InvocationConfiguration.Output.WriteAsync(page.AsMemory(), stop);
        return ExitCode.Ok;
    }
}
