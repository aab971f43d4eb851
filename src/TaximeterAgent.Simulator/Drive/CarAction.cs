namespace TaximeterAgent.Simulator.Drive;

/// <summary>Which part of the car a key belongs to.</summary>
internal enum Part
{
    Meter,
    Pad,
    Phone,
    Board,
    Simulator,
}

/// <summary>Something that a key does.</summary>
/// <param name="Part">Where its button is drawn.</param>
/// <param name="Keys">The keys that do it.</param>
/// <param name="Name">How the keys are shown.</param>
/// <param name="Does">What they do, in a few words.</param>
/// <param name="Possible">Whether they do anything now; shown pale and passed over if not.</param>
/// <param name="Act">What is done; null for what the controller itself does.</param>
internal sealed record CarAction(Part Part, string Keys, string Name, string Does, Func<CarModel, bool> Possible, Func<IDrivenCar, char, Task>? Act)
{
    /// <summary>Every key there is. The buttons, the line at the bottom and what happens all come from here.</summary>
    public static IReadOnlyList<CarAction> All { get; } =
    [
        Do(Part.Meter, "h", "hired", car => car.Meter.Position != Position.Hired, car => car.Hire()),
        Do(Part.Meter, "s", "stop", car => car.Meter.Position == Position.Hired, car => car.Stop()),
        Do(Part.Meter, "f", "for hire", car => car.Meter.Position == Position.Stopped, car => car.ForHire()),
        Do(Part.Meter, "c", "cash", car => car.Meter is { Position: not Position.Hired, CanTakeCash: true }, car => car.TakeCash()),
        Do(Part.Meter, "b", "book ahead", car => car.Meter is { Position: Position.ForHire, Booking: null }, car => car.Book()),
        Pad("0123456789", "0-9", "keypad", key => key),
        Pad("\r#", "Enter", "ok", _ => '#'),
        Pad("\b", "Bksp", "back", _ => '<'),
        Pad("\u001B*", "Esc", "clear", _ => '*'),
        Pad("\t", "Tab", "menu", _ => 'M'),
        Pad("↑↓", "↑ ↓", "turn", key => key == DriveKeys.Up ? 'U' : 'D'),
        Do(Part.Phone, "a", "approve", car => car.Phone.Push == Push.Asked, car => car.AnswerPhone(approve: true)),
        Do(Part.Phone, "r", "refuse", car => car.Phone.Push == Push.Asked, car => car.AnswerPhone(approve: false)),
        Do(Part.Board, "n", "network", _ => true, car => car.SwitchNetwork()),
        new(Part.Board, "i", "i", "ignition", _ => true, (car, _) => car.TurnIgnitionAsync()),
        new(Part.Simulator, "q", "q", "quit", _ => true, null),
    ];

    public static CarAction? Find(char key) => All.FirstOrDefault(action => action.Keys.Contains(key, StringComparison.Ordinal));

    private static CarAction Do(Part part, string key, string does, Func<CarModel, bool> possible, Action<IDrivenCar> act) =>
        new(part, key, key, does, possible, (car, _) =>
        {
            act(car);
            return Task.CompletedTask;
        });

    private static CarAction Pad(string keys, string name, string does, Func<char, char> pad) =>
        new(Part.Pad, keys, name, does, car => car.Board.Power != Power.Off, (car, key) =>
        {
            car.PressPad(pad(key));
            return Task.CompletedTask;
        });
}
