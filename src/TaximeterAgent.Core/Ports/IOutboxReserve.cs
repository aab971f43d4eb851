namespace TaximeterAgent.Core.Ports;

/// <summary>Room on the outbox's own file system that no other program can take; given back piece by piece when the disk is full.</summary>
public interface IOutboxReserve
{
    /// <summary>In bytes; 0 where none is wanted.</summary>
    long Whole { get; }

    /// <summary>In bytes.</summary>
    long Left { get; }

    /// <summary>True while a part of it is given away: what can wait must not take any of the rest.</summary>
    bool InUse { get; }

    /// <summary>True if there is room for what is missing of it and a little more.</summary>
    bool HasRoom { get; }

    /// <summary>Told when a piece is given back and when it is whole again: how many bytes are left.</summary>
    Action<long>? Changed { get; set; }

    /// <summary>Makes it as large as it shall be, where there is room for that; else it stays as it is.</summary>
    void Make();

    /// <summary>Gives a piece back to the file system.</summary>
    /// <param name="take">Takes it again at once, for what it is needed for: so many bytes.</param>
    /// <returns>False if nothing is left.</returns>
    bool Give(Action<long> take);
}
