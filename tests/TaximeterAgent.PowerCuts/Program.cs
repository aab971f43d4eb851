using TaximeterAgent.PowerCuts;

return WorkloadProcess.IsAsked(args) ? WorkloadProcess.Run(args) : await Campaign.StartAsync(args);
