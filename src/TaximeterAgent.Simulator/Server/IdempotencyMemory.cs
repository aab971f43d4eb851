using System.Security.Cryptography;

namespace TaximeterAgent.Simulator.Server;

/// <summary>What a key was used for, and what was answered.</summary>
internal sealed class UsedKey(Operation operation, string? reference, byte[] bodyHash)
{
    public Operation Operation { get; } = operation;
    public string? Reference { get; } = reference;

    /// <summary>The answer to give again; null if it is not remembered, and the same request is acted on anew.</summary>
    public ServerAnswer? Remembered { get; set; }

    /// <summary>True once the client has been told a definite no under this key.</summary>
    public bool RefusalWasTold { get; set; }

    /// <summary>True once an answer under this key never reached the client: it has an unknown outcome behind it, and a new key would be worse than this one again.</summary>
    public bool AnswerWasLost { get; set; }

    public bool HasBody(ReadOnlyMemory<byte> body) => bodyHash.AsSpan().SequenceEqual(SHA256.HashData(body.Span));
}

/// <summary>The idempotency keys that have been used, per sales unit.</summary>
internal sealed class IdempotencyMemory
{
    /// <summary>Beyond it the oldest keys are forgotten; how long the real service remembers them is not documented.</summary>
    private const int Most = 1_000_000;

    private readonly Queue<(string Msn, string Key)> _inOrder = [];
    private readonly Dictionary<(string Msn, string Key), UsedKey> _keys = [];
    private readonly HashSet<(string Msn, string Key)> _forgotten = [];

    public UsedKey? Find(string msn, string key) => _keys.GetValueOrDefault((msn, key));

    public UsedKey Use(Call call, string key)
    {
        var used = new UsedKey(call.Operation, call.Reference, SHA256.HashData(call.Request.Body.Span));
        if (_inOrder.Count >= Most)
            _keys.Remove(_inOrder.Dequeue());
        _inOrder.Enqueue((call.Unit.Msn, key));
        _keys[(call.Unit.Msn, key)] = used;
        return used;
    }

    /// <summary>True if the key was used once and then forgotten by an injected fault: what follows from that is not the client's doing.</summary>
    public bool WasForgotten(string msn, string? key) => key is not null && _forgotten.Contains((msn, key));

    public void Forget(string? reference)
    {
        foreach (var (key, used) in _keys.ToArray())
        {
            if (used.Reference != reference)
                continue;
            _keys.Remove(key);
            _forgotten.Add(key);
        }
    }
}
