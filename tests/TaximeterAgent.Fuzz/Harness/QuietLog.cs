using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Fuzz;

/// <summary>Keeps the first mistakes that are logged; a server that hides one behind an answer still tells its log.</summary>
internal sealed class QuietLog : ILoggerFactory, ILogger
{
    private const int Kept = 10;

    private readonly Lock _lock = new();
    private readonly List<string> _errors = [];

    /// <summary>What was logged as an error since the last time; then forgotten.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            List<string> taken = [.. _errors];
            _errors.Clear();
            return taken;
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        lock (_lock)
        {
            if (_errors.Count < Kept)
                _errors.Add($"{formatter(state, exception)} {exception?.GetType().Name} {exception?.Message}");
        }
    }

    public void Dispose()
    {
    }
}
