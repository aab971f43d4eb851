using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Benchmarks.Fleet;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>The load is what the payment service would send, and an answer that is none is no fast answer.</summary>
public sealed class WebhookLoadTests
{
    private const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";

    [Fact]
    public async Task Each_delivery_is_genuine_and_of_another_payment_of_the_cars_in_turn()
    {
        var verifier = new WebhookVerifier([Secret], TimeProvider.System);
        var references = new List<string>();

        var rate = await SendAsync(20, (request, body) =>
        {
            lock (references)
            {
                Assert.Equal(WebhookVerdict.Genuine, verifier.Verify(request, body));
                Assert.True(WebhookPayload.TryParse(body, out var payload));
                references.Add(payload.Reference);
            }

            return StatusCodes.Status200OK;
        });

        Assert.True(rate > 0);
        Assert.Equal(20, references.Distinct().Count());
        Assert.Equal(5, references.Select(reference => CarAddress.TryOfReference(reference, out var car) ? car : default).Distinct().Count());
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task A_refused_delivery_ends_the_measurement(int status) => await Assert.ThrowsAsync<IOException>(() => SendAsync(20, (_, _) => status));

    /// <summary>Sends to an endpoint that answers every delivery as it is told.</summary>
    private static async Task<double> SendAsync(int count, Func<WebhookRequest, byte[], int> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers;
            var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            context.Response.StatusCode = answer(new WebhookRequest(target, headers.Host.ToString(), headers["x-ms-date"], headers["x-ms-content-sha256"], headers.Authorization), body.ToArray());
        });
        await web.StartAsync();
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return await new WebhookLoad(Secret, cars: 5, connections: 3, TimeProvider.System).SendAsync(new Uri(address).Port, count, CancellationToken.None);
    }
}
