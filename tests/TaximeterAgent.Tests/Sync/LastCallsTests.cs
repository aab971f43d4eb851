using System.Net;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.EPayment;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Outbox;
using Operation = TaximeterAgent.Core.Payments.Operation;
using OperationKind = TaximeterAgent.Core.Payments.OperationKind;

namespace TaximeterAgent.Tests.Sync;

/// <summary>What is remembered of the calls, by the real client over a transport that answers what the test says.</summary>
public sealed class LastCallsTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Transport _transport = new();
    private readonly LastCalls _last;
    private readonly EPaymentCalls _calls;

    public LastCallsTests()
    {
        var options = new EPaymentOptions { BaseUrl = new Uri("http://127.0.0.1:9"), MerchantSerialNumber = "123456", ClientId = "id", ClientSecret = "secret", SubscriptionKey = "key" };
        _last = new LastCalls(_time);
        _calls = new EPaymentCalls(new EPaymentClient(new EPaymentConnection(options, _transport, _time)), "EL12345", _time, _last);
    }

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task A_payment_that_is_not_there_is_an_answer_and_a_server_in_trouble_is_none()
    {
        Assert.Equal((null, null, null), (_last.Success, _last.Failure, _last.Skew));

        _transport.Answer = () => Problem(404);
        await QueryAsync();
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal((OperationKind.Query, TimeSpan.FromMinutes(3), null), (_last.Success!.Kind, _last.Success.Ago, _last.Success.End));
        Assert.Null(_last.Failure);

        _transport.Answer = () => Problem(503);
        await QueryAsync();
        Assert.Equal((CallEnd.NoAnswer, "503", "00-abc", TimeSpan.Zero), (_last.Failure!.End, _last.Failure.Code, _last.Failure.TraceId, _last.Failure.Ago));
        Assert.Equal(TimeSpan.FromMinutes(3), _last.Success!.Ago);
    }

    [Fact]
    public async Task What_did_not_reach_the_service_is_the_networks_and_refused_keys_are_the_keys()
    {
        _transport.Answer = () => throw new HttpRequestException(HttpRequestError.NameResolutionError);
        await QueryAsync();
        Assert.Equal(CallEnd.Unreachable, _last.Failure!.End);

        _transport.Answer = () => Problem(403);
        await QueryAsync();
        Assert.Equal((CallEnd.KeysRefused, "403"), (_last.Failure!.End, _last.Failure.Code));

        _transport.Token = () => Problem(500);
        _time.Advance(TimeSpan.FromHours(2));
        await QueryAsync();
        Assert.Equal(CallEnd.NoToken, _last.Failure!.End);
        Assert.Null(_last.Success);
    }

    [Fact]
    public async Task The_skew_is_against_the_services_clock_which_goes_on_too()
    {
        _transport.Answer = () => Problem(404, _time.GetUtcNow() + TimeSpan.FromMinutes(10));
        await QueryAsync();
        Assert.Equal(-10, _last.Skew!.Value.TotalMinutes, 0.05);

        // An hour later it is the same: the service's clock went on too.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(-10, _last.Skew!.Value.TotalMinutes, 0.05);
    }

    private async Task QueryAsync()
    {
        var operation = new Operation { Id = "op-1", Kind = OperationKind.Query, Reference = Examples.Reference(), SalesUnit = Examples.SalesUnit with { BaseUrl = "http://127.0.0.1:9" } };
        await _calls.TryAsync(new StoredOperation(1, operation, default, _time.GetUtcNow()), CancellationToken.None);
    }

    private static HttpResponseMessage Problem(int status, DateTimeOffset? date = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent($$"""{"type":"t","title":"x","status":{{status}},"traceId":"00-abc"}""") };
        response.Headers.Date = date;
        return response;
    }

    private sealed class Transport : HttpMessageHandler
    {
        public Func<HttpResponseMessage> Token { get; set; } = () => new HttpResponseMessage { Content = new StringContent("""{"access_token":"t","expires_in":3600}""") };

        public Func<HttpResponseMessage> Answer { get; set; } = () => throw new InvalidOperationException("Nothing was said.");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.AbsolutePath.StartsWith("/accesstoken", StringComparison.Ordinal) ? Token() : Answer());
    }
}
