using TaximeterAgent.Board;
using TaximeterAgent.Board.Power;

return args is [PowerOn.Verb, ..] ? await PowerOn.RunAsync(args[1..]) : await Run.StartAsync(args);
