return TaximeterAgent.Exploration.Run.Start(args);
