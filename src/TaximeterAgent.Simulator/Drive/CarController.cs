namespace TaximeterAgent.Simulator.Drive;

/// <summary>What a key does: looks it up, does it if it can be done now, and asks before an open payment is left.</summary>
/// <remarks>Not safe for use from several threads.</remarks>
internal sealed class CarController(IDrivenCar car)
{
    private bool _asks;
    private string? _notice;

    /// <summary>The person wants to leave, and has been asked if that had to be.</summary>
    public bool Left { get; private set; }

    /// <summary>The car as it is to be drawn.</summary>
    public CarModel Look()
    {
        CarModel model = car.Look();
        // The payment was settled meanwhile: nothing is left to ask.
        return model with { AsksToLeave = _asks && model.PaymentOpen, Notice = _notice };
    }

    public async Task PressAsync(char key)
    {
        // A newcomer's Caps Lock is no reason to do nothing.
        if (char.IsAsciiLetterUpper(key))
            key = char.ToLowerInvariant(key);
        CarModel model = Look();
        bool asked = model.AsksToLeave;
        _asks = false;
        _notice = null;
        if (key == DriveKeys.Interrupt || (asked && key == 'y'))
        {
            Left = true;
            return;
        }

        // Whatever else is pressed at the question is an answer to it: a digit must not go to the pad.
        if (asked || CarAction.Find(key) is not { } action)
            return;
        if (action.Act is null)
        {
            Left = !model.PaymentOpen;
            _asks = model.PaymentOpen;
        }
        else if (!action.Possible(model))
        {
            _notice = $"{action.Name}: not now ({action.Does})";
        }
        else
        {
            try
            {
                await action.Act(car, key);
            }
            catch (CannotNow why)
            {
                _notice = why.Message;
            }
        }
    }
}
