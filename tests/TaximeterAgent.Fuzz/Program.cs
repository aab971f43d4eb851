using TaximeterAgent.Fuzz;

const int Usage = 64;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message} Usage: {FuzzOptions.Usage}");
    return Usage;
}

var names = options.Targets.Select(name => name.Split('/')[0]).ToList();
if (names.Find(name => !Targets.ByName.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no target {unknown}. There are: {string.Join(' ', Targets.ByName.Keys)}");
    return Usage;
}

var chosen = names.Count == 0 ? Targets.ByName.Values : names.Distinct().Select(name => Targets.ByName[name]);
return await new Campaign(options, Console.Out).RunAsync(chosen) == 0 ? 0 : 1;
