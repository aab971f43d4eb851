using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

/// <summary>A car without an agent: it does at once what is asked, and fails the test where the controller asks for what cannot be.</summary>
internal sealed class PaperCar : IDrivenCar
{
    public CarModel Model { get; set; } = Cars.Fresh;

    public List<string> Done { get; } = [];

    /// <summary>Thrown by whatever is done next.</summary>
    public Exception? Fault { get; set; }

    public CarModel Look() => Model;

    public void Book() => Do("book", Model.Meter is { Position: Position.ForHire, Booking: null }, () =>
        Model with { Meter = Model.Meter with { Booking = "B-1" } });

    public void Hire() => Do("hire", Model.Meter.Position != Position.Hired, () =>
        Model with { Meter = new MeterFace { Position = Position.Hired, Trip = "1" } });

    public void Stop() => Do("stop", Model.Meter.Position == Position.Hired, () => Model with
    {
        Meter = Model.Meter with { Position = Position.Stopped, Word = FareWord.Due, Amount = 100 },
        Outbox = Model.Outbox with { Phase = "ask-number" },
    });

    public void ForHire() => Do("for hire", Model.Meter.Position == Position.Stopped, () =>
        Model with { Meter = Model.Meter with { Position = Position.ForHire } });

    public void TakeCash() => Do("cash", Model.Meter.CanTakeCash, () => Model with { Meter = Model.Meter with { Word = FareWord.Cash } });

    public void PressPad(char key) => Do("pad " + key, Model.Board.Power != Power.Off, () => key == '#' && Model.Meter.Word == FareWord.Due
        ? Model with { Phone = Model.Phone with { Push = Push.Asked }, Ledger = Cars.Asked.Ledger }
        : Model);

    public void AnswerPhone(bool approve) => Do(approve ? "approve" : "refuse", Model.Phone.Push == Push.Asked, () => Model with
    {
        Phone = Model.Phone with { Push = approve ? Push.Paid : Push.Refused },
        Meter = Model.Meter with { Word = approve ? FareWord.Paid : FareWord.Unpaid },
        Ledger = Rows<LedgerFace>.None,
    });

    public void SwitchNetwork() => Do("network", true, () => Model with { NetworkOn = !Model.NetworkOn });

    public Task TurnIgnitionAsync()
    {
        Do("ignition", true, () => Model with { Board = new BoardFace { Power = Model.Board.Power == Power.Off ? Power.On : Power.Off } });
        return Task.CompletedTask;
    }

    private void Do(string what, bool can, Func<CarModel> then)
    {
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }

        Assert.True(can, $"{what} was asked of the car while it cannot be: {Model}");
        Done.Add(what);
        Model = then();
    }
}
