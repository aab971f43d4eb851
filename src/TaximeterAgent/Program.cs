using TaximeterAgent.Configuration;

Console.Write(ReferencePage.Write());
