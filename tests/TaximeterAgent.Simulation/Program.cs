return TaximeterAgent.Simulation.Campaign.Start(args);
