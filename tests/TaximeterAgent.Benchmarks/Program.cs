using TaximeterAgent.Benchmarks;

return await CommandLine.InvokeAsync(args, Catalogue.All, Catalogue.Limits, Console.Out, Console.Error);
