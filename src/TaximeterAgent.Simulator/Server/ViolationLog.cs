namespace TaximeterAgent.Simulator.Server;

/// <summary>What the client did wrong. Bounded: a client that does everything wrong for a night has failed already.</summary>
internal sealed class ViolationLog
{
    private const int Most = 10_000;

    private readonly List<Violation> _found = [];

    public Action<Violation> Noted { get; set; } = _ => { };

    public IReadOnlyList<Violation> Found => _found;

    public void Add(Call call, string rule, string detail) => Add(new Violation(call.Now, rule, call.Operation.ToString(), call.Reference, detail));

    public void Add(Violation violation)
    {
        if (_found.Count >= Most)
            return;
        _found.Add(violation);
        Noted(violation);
    }
}
