return await TaximeterAgent.Relay.Cli.CommandLine.InvokeAsync(args, Console.Out, Console.Error);
