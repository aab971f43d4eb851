using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Telemetry.Otlp;

namespace TaximeterAgent.Tests.Telemetry.Otlp;

public sealed class KeptTracesTests
{
    private readonly ExportStatus _status = new(new Uri("https://collector.test/otlp"), NullLogger.Instance, TimeProvider.System);
    private readonly Collector _collector = new();
    private readonly HttpClient _traces;
    private readonly HttpClient _metrics;

    public KeptTracesTests()
    {
        var kept = new KeptTraces(_status);
        _traces = new HttpClient(new WatchedHandler(_collector, _status, kept, keeps: true));
        _metrics = new HttpClient(new WatchedHandler(_collector, _status, kept, keeps: false));
    }

    [Fact]
    public void What_could_not_be_sent_goes_in_its_order_with_whatever_gets_through_next()
    {
        _collector.Answer = HttpStatusCode.ServiceUnavailable;
        Send(_traces, "traces 1");
        Send(_metrics, "metrics 1");
        _collector.Answer = null;
        Send(_traces, "traces 2");
        _collector.Answer = HttpStatusCode.OK;
        Send(_metrics, "metrics 2");

        Assert.Equal(["metrics 2", "traces 1", "traces 2"], _collector.Taken);
        Assert.Equal(["/v1/metrics", "/v1/traces", "/v1/traces"], _collector.Paths);
        Assert.All(_collector.Headers, header => Assert.Equal("Bearer x", header));
        Assert.Equal((3, 3, null), (_status.Report().Sent, _status.Report().Failed, _status.Report().Why));

        Send(_traces, "traces 3");
        Assert.Equal("traces 3", _collector.Taken[^1]);
        Assert.Equal(4, _collector.Taken.Count);
    }

    [Fact]
    public void What_is_refused_for_good_is_not_sent_again()
    {
        _collector.Answer = HttpStatusCode.BadRequest;
        Send(_traces, "traces 1");
        _collector.Answer = HttpStatusCode.OK;
        Send(_traces, "traces 2");

        Assert.Equal(["traces 2"], _collector.Taken);
    }

    [Fact]
    public void There_is_a_bound_and_the_oldest_are_given_up_and_counted()
    {
        _collector.Answer = null;
        for (var number = 0; number < 5; number++)
            Send(_traces, $"{number} {new string('x', KeptTraces.Maximum / 3)}");
        _collector.Answer = HttpStatusCode.OK;
        Send(_metrics, "metrics");

        Assert.Equal(["m", "3", "4"], _collector.Taken.Select(body => body[..1]));
        Assert.Equal(3, _status.Report().Dropped);
    }

    private static void Send(HttpClient client, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://collector.test/v1/{body.Split(' ')[0] switch { "metrics" => "metrics", _ => "traces" }}") { Content = new StringContent(body) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer x");
        try
        {
            client.Send(request).Dispose();
        }
        catch (HttpRequestException)
        {
            // As the exporter takes it.
        }
    }

    /// <summary>Takes, refuses, or is away where it has no answer.</summary>
    private sealed class Collector : HttpMessageHandler
    {
        public HttpStatusCode? Answer { get; set; }

        public List<string> Taken { get; } = [];

        public List<string> Paths { get; } = [];

        public List<string> Headers { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Answer is not { } answer)
                throw new HttpRequestException("away");
            if (answer == HttpStatusCode.OK)
            {
                using var body = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
                Taken.Add(body.ReadToEnd());
                Paths.Add(request.RequestUri!.AbsolutePath);
                Headers.Add(request.Headers.GetValues("Authorization").Single());
            }

            return new HttpResponseMessage(answer);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
