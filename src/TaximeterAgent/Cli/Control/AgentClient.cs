using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary>Asks the running agent over its socket. Every failure is a <see cref="CommandFailedException"/> that says what to do.</summary>
internal sealed class AgentClient : IDisposable
{
    /// <summary>The agent answers within 5 seconds or says that it cannot; this is a margin above that.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <summary>From then on the person who waits is told what for.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    /// <summary>A thousand trips have some hundred kilobytes; a trip's history about as much.</summary>
    private const int AnswerMaximum = 8 * 1024 * 1024;

    private readonly string _socket;
    private readonly TextWriter _error;
    private readonly HttpClient _http;

    public AgentClient(string socket, TextWriter error)
    {
        _socket = socket;
        _error = error;
        _http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri("http://agent"),
            // Ours, so that it can be told from the other ways to be cancelled.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerMaximum,
        };
    }

    /// <summary>What can be read where no agent answers; null where it is not known which database is meant.</summary>
    public WithoutAgent? WithoutAgent { get; init; }

    /// <summary>Where the agent is asked.</summary>
    public string Socket => _socket;

    /// <summary>Another client of the same agent, that does not say when it waits.</summary>
    public AgentClient Quiet() => new(_socket, TextWriter.Null);

    public Task<(T Value, string Json)> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken stop) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, stop);

    /// <summary>Asks the agent, or where none answers reads the same from a copy of its database and says so.</summary>
    public async Task<(T Value, string Json)> GetAsync<T>(string path, JsonTypeInfo<T> type, Func<CopiedOutbox, Task<Answer<T>>> copy, CancellationToken stop)
        where T : class
    {
        try
        {
            return await GetAsync(path, type, stop);
        }
        catch (CommandFailedException e) when (e.NoAgent || e.Silent)
        {
            if (WithoutAgent is null)
                throw new CommandFailedException(e.ExitCode, $"{e.Message}; or leave --socket out, or give --config too: then a copy of the database is read", inner: e) { NoAgent = e.NoAgent, Silent = e.Silent };
            return await WithoutAgent.ReadAsync(e, _socket, copy, stop);
        }
    }

    /// <summary>Has the agent change something: that is done by a running agent or by nobody.</summary>
    public async Task<(T Value, string Json)> PostAsync<T>(string path, string json, JsonTypeInfo<T> type, CancellationToken stop)
    {
        try
        {
            return await SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") }, type, stop);
        }
        catch (CommandFailedException e) when (e.NoAgent)
        {
            throw new CommandFailedException(e.ExitCode, $"{e.Message}. This needs the running agent; nothing was changed", inner: e) { NoAgent = true };
        }
        catch (CommandFailedException e) when (e.Silent)
        {
            throw new CommandFailedException(e.ExitCode, $"{e.Message}. It is not known whether it took the order: look before you repeat it", inner: e) { Silent = true };
        }
    }

    /// <summary>Reads a stream of lines until it is told to stop. The agent ends it when it stops itself: that is a failure.</summary>
    public async Task StreamAsync<T>(string path, JsonTypeInfo<T> type, Func<T, string, Task> line, CancellationToken stop)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(s_patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode)
                throw Refused((int)response.StatusCode, await response.Content.ReadAsStringAsync(patience.Token));
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            while (await reader.ReadLineAsync(stop) is { } json)
                await line(JsonSerializer.Deserialize(json, type) ?? throw new JsonException(), json);
            throw Ended(null);
        }
        catch (JsonException e)
        {
            throw new CommandFailedException(ExitCode.Unavailable, $"what answers at {_socket} does not speak like this agent; is it another version, or another program?", inner: e);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailedException(
                ExitCode.Unavailable, $"the agent at {_socket} took the connection but did not answer within {s_patience.TotalSeconds:0} seconds; look at its log", inner: e);
        }
        catch (HttpRequestException e)
        {
            throw NotReached(e);
        }
        catch (HttpIOException e)
        {
            throw Ended(e);
        }
    }

    public void Dispose() => _http.Dispose();

    private CommandFailedException Ended(Exception? inner) => new(ExitCode.Unavailable, $"the agent at {_socket} has stopped", inner: inner);

    private async Task<(T Value, string Json)> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken stop)
    {
        using (request)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(s_patience);
            try
            {
                var (status, body) = await TellWaitingAsync(FetchAsync(request, patience.Token), patience.Token);
                if (status is < 200 or >= 300)
                    throw Refused(status, body);
                return (JsonSerializer.Deserialize(body, type) ?? throw new JsonException(), body);
            }
            catch (JsonException e)
            {
                throw new CommandFailedException(ExitCode.Unavailable, $"what answers at {_socket} does not speak like this agent; is it another version, or another program?", inner: e);
            }
            catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
            {
                throw new CommandFailedException(
                    ExitCode.Unavailable, $"the agent at {_socket} took the connection but did not answer within {s_patience.TotalSeconds:0} seconds; look at its log", inner: e) { Silent = true };
            }
            catch (HttpRequestException e)
            {
                throw NotReached(e);
            }
        }
    }

    private async Task<(int Status, string Body)> FetchAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(stop));
    }

    private async Task<(int Status, string Body)> TellWaitingAsync(Task<(int Status, string Body)> answer, CancellationToken stop)
    {
        try
        {
            return await answer.WaitAsync(s_silence, stop);
        }
        catch (TimeoutException)
        {
            await _error.WriteLineAsync($"{CommandLine.Name}: waiting for the agent at {_socket} …");
            return await answer;
        }
    }

    private static CommandFailedException Refused(int status, string body)
    {
        var report = JsonSerializer.Deserialize(body, ControlJson.Default.ErrorReport);
        if (report is not { Error.Length: > 0, Message.Length: > 0 })
            throw new JsonException();
        return Refused(new Problem(status, report.Error, report.Message, report.Candidates));
    }

    /// <summary>What the agent refuses, or a copy of its database does not give, as the command says it.</summary>
    internal static CommandFailedException Refused(Problem problem)
    {
        var exitCode = problem.Status switch
        {
            404 when problem.Error == "unknown-trip" => ExitCode.NotFound,
            409 or 422 => ExitCode.NotPossible,
            503 => ExitCode.TryAgain,
            // The command said it: the agent is of another version, or one of the two is wrong.
            _ => ExitCode.Software,
        };
        return new CommandFailedException(exitCode, problem.Message, problem.Candidates) { Silent = problem.Error == Problem.NoAnswer.Error };
    }

    private CommandFailedException NotReached(HttpRequestException e) => (e.InnerException as SocketException)?.SocketErrorCode switch
    {
        SocketError.AccessDenied => new CommandFailedException(
            ExitCode.NoPermission, $"you may not use {_socket}; run this as root, or as a member of the agent's group", inner: e),
        SocketError.ConnectionRefused => new CommandFailedException(
            ExitCode.Unavailable, $"no agent listens at {_socket}, though one has; start it: systemctl start {CommandLine.Name}", inner: e) { NoAgent = true },
        SocketError.AddressNotAvailable => new CommandFailedException(
            ExitCode.Unavailable, $"there is no socket at {_socket}; start the agent: systemctl start {CommandLine.Name}, or name its socket with --socket", inner: e) { NoAgent = true },
        _ => new CommandFailedException(ExitCode.Unavailable, $"no agent can be reached at {_socket}: {(e.InnerException ?? e).Message}", inner: e),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A command cannot do what it was told: the exit code and what the person is told, in one line.</summary>
internal sealed class CommandFailedException(int exitCode, string message, IReadOnlyList<string>? candidates = null, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>True if no agent runs there, so that what it holds is free.</summary>
    public bool NoAgent { get; init; }

    /// <summary>True if an agent is there and does not answer, or its engine does not.</summary>
    public bool Silent { get; init; }

    /// <summary>What could be meant; one line each.</summary>
    public IReadOnlyList<string> Candidates { get; } = candidates ?? [];
}
