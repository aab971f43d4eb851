namespace TaximeterAgent.Simulator.Drive;

/// <summary>
/// The car as a person at the keyboard handles it. A method that cannot do its work now says so by <see cref="CannotNow"/> and changes nothing.
/// </summary>
internal interface IDrivenCar
{
    /// <summary>How it all looks now.</summary>
    CarModel Look();

    /// <summary>The taxi app sends a booking, with the customer's number and an amount to reserve.</summary>
    void Book();

    /// <summary>The passenger gets in: HIRED.</summary>
    void Hire();

    /// <summary>The ride is over: STOPPED, and the FARE.</summary>
    void Stop();

    /// <summary>FORHIRE.</summary>
    void ForHire();

    /// <summary>The newest fare is paid in cash: VOID.</summary>
    void TakeCash();

    /// <summary>A key of the driver's pad, as <see cref="Car.Keypad.Type"/> has it.</summary>
    void PressPad(char key);

    /// <summary>The customer acts on the request that the phone shows.</summary>
    void AnswerPhone(bool approve);

    void SwitchNetwork();

    /// <summary>Off: the agent's process is killed. On: it is started.</summary>
    Task TurnIgnitionAsync();
}

/// <summary>It cannot be done now; the message is for the person.</summary>
internal sealed class CannotNow(string why) : Exception(why);
