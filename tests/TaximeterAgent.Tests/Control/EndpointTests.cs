using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Control;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly TestFiles _files = new();
    private readonly FakeTarget _target = new();
    private readonly LogCollector _log = new();
    private ControlServer _server = null!;
    private SocketClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = new ControlServer(_files.Path("control.sock"), _target, _log);
        await _server.StartAsync(CancellationToken.None);
        _client = new SocketClient(_files.Path("control.sock"));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Theory]
    [InlineData("4711", "4711")]
    [InlineData("m-7%2F4711%2F2026-11-03T11%3A31%3A00%2B01%3A00", "m-7/4711/2026-11-03T11:31:00+01:00")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("bl%C3%A5%20bil", "blå bil")]
    public async Task A_trip_is_named_by_one_encoded_segment(string segment, string id)
    {
        var (status, body) = await _client.GetAsync($"/v1/trips/{segment}?verbose");

        Assert.Equal((404, "unknown-trip"), (status, Error(body)));
        Assert.Equal(id, _target.Id);
    }

    [Fact]
    public async Task A_number_of_more_than_one_trip_is_a_conflict_with_its_candidates()
    {
        _target.Trip = Problem.Ambiguous("1", ["a/1/x", "b/1/y"]);
        var (status, body) = await _client.GetAsync("/v1/trips/1");

        Assert.Equal((409, "ambiguous"), (status, Error(body)));
        Assert.Equal(["a/1/x", "b/1/y"], body.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetString()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("{\"amount\": 1}", 1L)]
    [InlineData("{\"amount\": 34500}", 34500L)]
    public async Task A_refund_takes_a_total_or_nothing_for_all(string? body, long? total)
    {
        var (status, answer) = await _client.PostAsync("/v1/trips/4711/refund", body);

        Assert.Equal(202, status);
        Assert.Equal(("4711", total), (_target.Id, _target.Refund!.Value.Total));
        Assert.Equal("refund", answer.GetProperty("next").GetProperty("what").GetString());
    }

    [Theory]
    [InlineData("{\"amout\": 100}")]
    [InlineData("{\"amount\": 0}")]
    [InlineData("{\"amount\": -100}")]
    [InlineData("{\"amount\": 1.5}")]
    [InlineData("{\"amount\": \"100\"}")]
    [InlineData("{\"amount\": 99999999999999999999}")]
    [InlineData("100")]
    [InlineData("null")]
    [InlineData("{\"amount\": 100")]
    public async Task An_order_that_is_not_understood_orders_nothing(string body)
    {
        var (status, answer) = await _client.PostAsync("/v1/trips/4711/refund", body);

        Assert.Equal((400, "bad-request"), (status, Error(answer)));
        Assert.Null(_target.Refund);
    }

    // Found by the fuzz, control/request run 5487.
    [Fact]
    public async Task A_chunk_whose_size_is_beyond_counting_orders_nothing()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(_files.Path("control.sock")));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/trips/4711/refund HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n9203036854\r\n"));
        using var answer = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 400 ", await answer.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Null(_target.Refund);
    }

    [Fact]
    public async Task A_body_that_is_too_large_orders_nothing()
    {
        var (status, answer) = await _client.PostAsync("/v1/trips/4711/refund", "{\"amount\": 1" + new string(' ', ControlServer.BodyMaximum) + "}");

        Assert.Equal((413, "too-large"), (status, Error(answer)));
        Assert.Null(_target.Refund);
    }

    [Fact]
    public async Task The_kernel_says_who_orders()
    {
        await _client.PostAsync("/v1/trips/4711/refund", null);

        Assert.Contains("uid ", _target.Refund!.Value.Caller, StringComparison.Ordinal);
        Assert.StartsWith(Environment.UserName, _target.Refund.Value.Caller, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hold", true)]
    [InlineData("release", false)]
    public async Task A_trip_is_held_and_released_by_its_name_and_the_kernel_says_by_whom(string order, bool held)
    {
        var (status, answer) = await _client.PostAsync($"/v1/trips/m-7%2F4711%2Fs/{order}", "{}");

        Assert.Equal((200, held), (status, answer.GetProperty("held").GetBoolean()));
        Assert.Equal(("m-7/4711/s", held), (_target.Id, _target.Held!.Value.Hold));
        Assert.Contains("uid ", _target.Held.Value.Caller, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/trips/4711/retry", "4711")]
    [InlineData("/v1/outbox/retry", "all")]
    public async Task A_retry_is_of_one_trip_or_of_all(string path, string retried)
    {
        Assert.Equal(202, (await _client.PostAsync(path, null)).Status);
        Assert.Equal(retried, _target.Retried);
    }

    [Theory]
    [InlineData("{\"as\": \"paid-otherwise\", \"note\": \"cash\"}", false)]
    [InlineData("{\"as\": \"paid-otherwise\", \"note\": \"cash\", \"giveUp\": true}", true)]
    public async Task A_resolve_is_passed_on_with_its_note_and_its_caller(string body, bool giveUp)
    {
        Assert.Equal((404, "unknown-trip"), Brief(await _client.PostAsync("/v1/trips/4711/resolve", body)));
        Assert.Equal(("4711", giveUp, "cash"), (_target.Id, _target.Resolved!.Value.GiveUp, _target.Resolved.Value.Note));
        Assert.Contains("uid ", _target.Resolved.Value.Caller, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/trips/4711/hold", "{\"trip\": 1}")]
    [InlineData("/v1/trips/4711/release", "true")]
    [InlineData("/v1/trips/4711/retry", "x")]
    [InlineData("/v1/outbox/retry", "[]")]
    [InlineData("/v1/trips/4711/resolve", "null")]
    [InlineData("/v1/trips/4711/resolve", "{\"as\": \"paid-otherwise\", \"note\": 1}")]
    [InlineData("/v1/trips/4711/resolve", "{\"as\": \"paid-otherwise\", \"note\": \"cash\", \"giveUp\": \"yes\"}")]
    public async Task An_order_of_a_technician_that_is_not_understood_is_not_passed_on(string path, string body)
    {
        Assert.Equal((400, "bad-request"), Brief(await _client.PostAsync(path, body)));
        Assert.Equal((null, null, null), (_target.Held, _target.Resolved, _target.Retried));
    }

    [Fact]
    public async Task A_note_has_a_length()
    {
        static string With(int length) => $"{{\"as\": \"paid-otherwise\", \"note\": \"{new string('x', length)}\"}}";

        Assert.Equal((400, "bad-request"), Brief(await _client.PostAsync("/v1/trips/4711/resolve", With(TechnicianNote.Maximum + 1))));
        Assert.Null(_target.Resolved);
        await _client.PostAsync("/v1/trips/4711/resolve", With(TechnicianNote.Maximum));
        Assert.Equal(TechnicianNote.Maximum, _target.Resolved!.Value.Note.Length);
    }

    [Theory]
    [InlineData("/v1/trips/4711/hold")]
    [InlineData("/v1/trips/4711/release")]
    [InlineData("/v1/trips/4711/retry")]
    [InlineData("/v1/trips/4711/resolve")]
    [InlineData("/v1/outbox/retry")]
    public async Task Reading_orders_nothing(string path) => Assert.Equal((405, "wrong-method"), Brief(await _client.GetAsync(path)));

    [Fact]
    public async Task The_list_takes_its_conditions()
    {
        await _client.GetAsync("/v1/trips?open=true&failed=false&since=2026-11-03T12%3A00%3A00%2B01%3A00&limit=7");

        Assert.Equal(new TripQuery(true, false, new DateTimeOffset(2026, 11, 3, 12, 0, 0, TimeSpan.FromHours(1)), 7), _target.Query);
    }

    [Fact]
    public async Task The_list_has_its_defaults()
    {
        await _client.GetAsync("/v1/trips");

        Assert.Equal(new TripQuery(null, null, null, 100), _target.Query);
    }

    [Theory]
    [InlineData("open=perhaps")]
    [InlineData("failed=1")]
    [InlineData("since=yesterday")]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=-1")]
    [InlineData("opne=true")]
    [InlineData("open=true&open=false")]
    public async Task A_condition_that_is_not_understood_is_no_list(string query)
    {
        var (status, answer) = await _client.GetAsync($"/v1/trips?{query}");

        Assert.Equal((400, "bad-request"), (status, Error(answer)));
        Assert.Null(_target.Query);
    }

    [Fact]
    public async Task An_unknown_path_and_a_wrong_method_answer_in_the_same_shape()
    {
        Assert.Equal((404, "unknown-path"), Brief(await _client.GetAsync("/v2/status")));
        Assert.Equal((404, "unknown-path"), Brief(await _client.GetAsync("/v1/trips/a/b/c")));
        Assert.Equal((405, "wrong-method"), Brief(await _client.SendAsync(HttpMethod.Delete, "/v1/trips/4711", null)));
        Assert.Equal((405, "wrong-method"), Brief(await _client.GetAsync("/v1/trips/4711/refund")));
    }

    [Fact]
    public async Task A_mistake_in_the_program_is_logged_and_not_shown()
    {
        _target.Failure = new InvalidOperationException("the inside of it");
        var (status, body) = await _client.GetAsync("/v1/status");

        Assert.Equal((500, "internal"), (status, Error(body)));
        Assert.DoesNotContain("inside", body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("the inside of it", _log.Text, StringComparison.Ordinal);
    }

    private static (int Status, string? Error) Brief((int Status, JsonElement Body) answer) => (answer.Status, Error(answer.Body));

    private static string? Error(JsonElement body)
    {
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        return body.GetProperty("error").GetString();
    }
}
