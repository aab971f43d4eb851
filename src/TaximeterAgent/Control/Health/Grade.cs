using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>How well a part of the car is. Later is worse.</summary>
internal enum Level
{
    /// <summary>It cannot be known from here: without the agent nobody hears the meter.</summary>
    Unknown,

    /// <summary>Well.</summary>
    Green,

    /// <summary>Worth a look; payments go on.</summary>
    Yellow,

    /// <summary>Payments do not work, or will not for long.</summary>
    Red,
}

/// <summary>What a rule says of a part.</summary>
/// <param name="Why">Short, for people. Nothing in it changes while nothing changes in the car: times are rough.</param>
/// <param name="Cure">What to do; null where nothing is to be done.</param>
internal sealed record Grade(Level Level, string Why, string? Cure = null)
{
    public static Grade Green(string why) => new(Level.Green, why);

    public static Grade Yellow(string why, string? cure) => new(Level.Yellow, why, cure);

    public static Grade Red(string why, string cure) => new(Level.Red, why, cure);

    public static Grade Unknown(string why, string? cure = null) => new(Level.Unknown, why, cure);

    /// <summary>One of our own commands, as a person types it.</summary>
    public static string Command(string arguments) => $"{Cli.CommandLine.Name} {arguments}";

    /// <summary>The grade as the socket writes it.</summary>
    public PartReport As(string name) => new(name, Kebab.Of(Level), Why, Cure);
}
