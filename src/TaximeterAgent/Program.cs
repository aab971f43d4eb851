using TaximeterAgent.Cli;
using TaximeterAgent.Hosting;

// First, before a key is read.
ProcessMemory.Close();
return await CommandLine.InvokeAsync(args, AgentHost.RunAsync, Console.Out, Console.Error);
