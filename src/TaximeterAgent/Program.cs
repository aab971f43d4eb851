using TaximeterAgent.Cli;
using TaximeterAgent.Hosting;

return await CommandLine.InvokeAsync(args, AgentHost.RunAsync, Console.Out, Console.Error);
