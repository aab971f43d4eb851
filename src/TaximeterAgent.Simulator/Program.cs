return await TaximeterAgent.Simulator.Cli.CommandLine.RunAsync(args, Console.Out, Console.Error, terminal: TaximeterAgent.Simulator.Drive.StandardTerminal.IsThere);
