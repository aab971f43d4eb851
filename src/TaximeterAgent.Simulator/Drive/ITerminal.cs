namespace TaximeterAgent.Simulator.Drive;

/// <summary>The terminal that the car is drawn on.</summary>
internal interface ITerminal
{
    /// <summary>Columns and rows; null once there is no terminal any more.</summary>
    (int Columns, int Rows)? Size { get; }

    /// <summary>Takes the terminal for ourselves: keys as they are pressed and unseen, another screen than the shell's, no cursor.</summary>
    void Enter();

    /// <summary>Gives it back as it was. Does nothing if it is not taken. May be called from any thread.</summary>
    void Leave();

    void Write(string text);

    /// <summary>What was typed since the last call.</summary>
    byte[] Typed();

    /// <summary>Waits until something was typed, <see cref="Wake"/> was called, or the time is over.</summary>
    Task WaitAsync(TimeSpan atMost);

    /// <summary>Ends a wait. May be called from any thread.</summary>
    void Wake();
}
