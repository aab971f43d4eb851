using System.Net;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulation;

/// <summary>
/// The transport of one life of the agent, in memory: every request goes through the world's weather to the server, and its answer, if any, comes back later on the
/// one thread. A request under way outlives the agent that sent it.
/// </summary>
internal sealed class Network(World world, Power power) : HttpMessageHandler
{
    private readonly List<Exchange> _unanswered = [];

    private static readonly HttpRequestError[] s_noConnection = [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    /// <summary>The agent is gone: it will never have the answers that are on their way.</summary>
    public void Abandon()
    {
        foreach (var exchange in _unanswered.ToArray())
            exchange.GiveUp();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        world.CheckThread();
        var exchange = new Exchange(world, power, _unanswered, cancellationToken);
        if (!power.IsOn || power.IsCutAt(CrashPoint.BeforeRequest))
            return exchange.Task;
        world.Tally.Calls++;
        var fate = world.Weather.FateOf();
        if (fate == Fate.NotSent)
        {
            exchange.FailLater(world.Chance.Seconds(0, 4), world.Chance.Pick(s_noConnection));
            return exchange.Task;
        }

        var asked = Read(request);
        world.History.Note("call", $"{asked.Method} {asked.Target} key {asked.Header("Idempotency-Key")} {fate}");
        exchange.Send(asked, fate);
        power.IsCutAt(CrashPoint.AfterRequest);
        return exchange.Task;
    }

    // The content is asked for first: from here on the request may have reached the server.
    private static ServerRequest Read(HttpRequestMessage request)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var header in request.Headers.NonValidated)
            foreach (var value in header.Value)
                headers.Add(new(header.Key, value));
        byte[] body = [];
        if (request.Content is { } content)
        {
            foreach (var header in content.Headers.NonValidated)
                foreach (var value in header.Value)
                    headers.Add(new(header.Key, value));
            using var buffer = new MemoryStream();
            content.CopyTo(buffer, null, CancellationToken.None);
            body = buffer.ToArray();
        }

        return new ServerRequest(request.Method.Method, request.RequestUri!.PathAndQuery, headers, body);
    }

    /// <summary>One request and what comes of it.</summary>
    private sealed class Exchange
    {
        private readonly World _world;
        private readonly Power _power;
        private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
        private readonly List<Exchange> _unanswered;
        private Operation _operation;
        private string? _reference;
        private string? _key;
        private ServerAnswer? _onItsWay;

        public Exchange(World world, Power power, List<Exchange> unanswered, CancellationToken givenUp)
        {
            _world = world;
            _power = power;
            _unanswered = unanswered;
            if (!givenUp.CanBeCanceled)
                return;
            givenUp.UnsafeRegister(
                static (state, token) =>
                {
                    var exchange = (Exchange)state!;
                    exchange.GiveUp();
                    exchange._answer.TrySetCanceled(token);
                },
                this);
        }

        /// <summary>Nobody waits any longer for an answer that is on its way.</summary>
        public void GiveUp()
        {
            _unanswered.Remove(this);
            if (_onItsWay is { } lost)
                _world.Server.Lost(lost);
            _onItsWay = null;
        }

        public Task<HttpResponseMessage> Task => _answer.Task;

        public void FailLater(TimeSpan after, HttpRequestError error) => _world.Clock.After(after, () =>
        {
            if (_power.IsOn)
                _answer.TrySetException(new HttpRequestException(error));
        });

        public void Send(ServerRequest asked, Fate fate)
        {
            (_operation, _reference) = Named(asked);
            _key = asked.Header("Idempotency-Key");
            if (_key is { } key)
                _world.Judge.KeySent(key, asked);
            _world.Judge.Sent(_reference);
            if (_operation is Operation.Capture or Operation.Refund)
                _world.Judge.MoneySent(_reference!, _operation, _key!);
            if (_operation == Operation.Create)
                _world.DriverJudge.CreateSent(asked.Body);
            if (_operation == Operation.Cancel && asked.Body.IsEmpty)
                _world.Judge.CancelSent(_reference!);
            if (fate == Fate.RequestLost)
            {
                Break();
                return;
            }

            // A request that was on its way when the power went may still arrive.
            _world.Clock.After(_world.Weather.Latency(), () => Arrive(asked, fate));
        }

        private void Arrive(ServerRequest asked, Fate fate)
        {
            if (!_power.IsOn && _world.Chance.Of(0.5))
                return;
            var server = _world.Server;
            server.Faults.Clear();
            TimeSpan? late = null;
            var action = fate switch
            {
                Fate.AnswerLost => new FaultAction.Withhold(),
                Fate.ArrivesLate => new FaultAction.ArriveLate((late = _world.Weather.Lateness()).Value),
                Fate.Refused => _world.Weather.Failure(_operation),
                Fate.FailedAfterActing => _world.Weather.AfterActing(),
                _ => _world.Weather.Aside(_operation) ?? new FaultAction.DelayAnswer(_world.Weather.AnswerTime()),
            };
            server.Faults.Add(new Fault(action));
            if (late is { } by)
            {
                _world.Judge.UnderWay++;
                _world.Clock.After(by + TimeSpan.FromMilliseconds(1), () => _world.Judge.UnderWay--);
            }

            var answer = server.Handle(asked);
            _world.LookAtLedger();
            _world.History.Note("server", $"{asked.Method} {asked.Target}: {(answer.Withheld ? "no answer" : $"{answer.Status}")} {(action is FaultAction.DelayAnswer ? "" : action.GetType().Name)}");
            if (answer.Withheld)
                Break();
            else if (answer.Delay > TimeSpan.Zero)
                PutOnItsWay(answer);
            else if (_power.IsOn && !_answer.Task.IsCompleted)
                _answer.TrySetResult(Response(answer));
        }

        private void PutOnItsWay(ServerAnswer answer)
        {
            if (!_power.IsOn || _answer.Task.IsCompleted)
            {
                _world.Server.Lost(answer);
                return;
            }

            _onItsWay = answer;
            _unanswered.Add(this);
            _world.Clock.After(answer.Delay, Deliver);
        }

        private void Deliver()
        {
            if (_onItsWay is not { } answer)
                return;
            if (!_power.IsOn || _power.IsCutAt(CrashPoint.AnswerOnItsWay))
            {
                GiveUp();
                return;
            }

            _unanswered.Remove(this);
            _onItsWay = null;
            _world.Server.Delivered(answer);
            _answer.TrySetResult(Response(answer));
        }

        private void Break()
        {
            if (!_world.Weather.IsSilent())
                FailLater(_world.Chance.Seconds(0, 3), HttpRequestError.ResponseEnded);
        }

        private HttpResponseMessage Response(ServerAnswer answer)
        {
            if (_key is { } key && answer.Status < 500)
                _world.Judge.KeyAnswered(key, ServerOptions.DefinitelyRefused(answer.Status, answer.ErrorCode));
            if (answer.Status < 500 && _operation is Operation.Capture or Operation.Refund)
                _world.Judge.MoneyAnswered(_reference!, _operation, _key!, answer.Status);
            if (answer.Status == 200 && _operation == Operation.Get)
                _world.Judge.StandingTold(_reference!);
            if (answer.Status == 200 && _world.Judge.Payment(_reference) is { } payment && answer.Body.Span.IndexOf("\"AUTHORIZED\""u8) >= 0)
                payment.ReadAsApproved = true;
            var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ReadOnlyMemoryContent(answer.Body) };
            response.Headers.Date = _world.ServerTime.GetUtcNow();
            foreach (var (name, value) in answer.Headers)
            {
                if (!response.Headers.TryAddWithoutValidation(name, value))
                    response.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return response;
        }

        private static (Operation Operation, string? Reference) Named(ServerRequest asked) => asked.Target.Split('/') switch
        {
            ["", "accesstoken", ..] => (Operation.Token, null),
            ["", "epayment", _, "payments"] => (Operation.Create, null),
            ["", "epayment", _, "payments", var reference] => (Operation.Get, reference),
            ["", "epayment", _, "payments", var reference, "capture"] => (Operation.Capture, reference),
            ["", "epayment", _, "payments", var reference, "cancel"] => (Operation.Cancel, reference),
            ["", "epayment", _, "payments", var reference, "refund"] => (Operation.Refund, reference),
            ["", "order-management", _, _, "receipts", _] => (Operation.PostReceipt, null),
            _ => (Operation.GetReceipt, null),
        };
    }
}
