using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Hosting.Logging;

/// <summary>Writes every message at once and whole. Nothing is queued, so that nothing is lost when the process dies and no queue needs a bound.</summary>
internal sealed class LineLoggerProvider(LogFormat format, Redaction redaction, TextWriter output, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _one = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    // The writer is not ours to close.
    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var lines = LogLine.Write(format, time.GetUtcNow(), level, category, message, exception, redaction);
        lock (_one)
        {
            try
            {
                output.Write(lines);
                output.Flush();
            }
            catch (IOException)
            {
                // Whoever read the log is gone. Fares go on.
            }
        }
    }

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                provider.Write(logLevel, category, formatter(state, exception), exception);
        }
    }
}
