using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Tests.Security.Channels;

/// <summary>A payment service that gives a token, and whose every other answer is an error that repeats the whole request: head, keys, token, number.</summary>
internal sealed class EchoService : IAsyncDisposable
{
    public const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJwbGFudGVkIjoiZWNob2VkIn0.plantedEchoSignature";

    private readonly WebApplication _web;
    private int _answers;

    private EchoService(WebApplication web) => _web = web;

    public Uri Address => new(_web.Urls.Single());

    /// <summary>How many errors it has answered.</summary>
    public int Answers => _answers;

    public static async Task<EchoService> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var echo = new EchoService(builder.Build());
        echo._web.Run(echo.AnswerAsync);
        await echo._web.StartAsync();
        return echo;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (context.Request.Path == "/accesstoken/get")
        {
            await context.Response.WriteAsJsonAsync(new { token_type = "Bearer", expires_in = "3600", access_token = Token });
            return;
        }

        var head = string.Join(" ; ", context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"));
        var key = context.Request.Headers["Ocp-Apim-Subscription-Key"].ToString();
        var phone = body.Contains("phoneNumber", StringComparison.Ordinal) ? JsonDocument.Parse(body).RootElement.GetProperty("customer").GetProperty("phoneNumber").GetString() : "";
        var turn = Interlocked.Increment(ref _answers);
        context.Response.StatusCode = (turn % 4) switch { 1 => 500, 2 => 404, 3 => 502, _ => 400 };
        context.Response.Headers.WWWAuthenticate = context.Request.Headers.Authorization.ToString();
        if (turn % 4 == 3)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync($"<html>{head} {body}</html>");
            return;
        }

        // An id is what the caller may call its own: a number one time, a key the other.
        var trace = turn % 2 == 0 ? key : phone;
        await context.Response.WriteAsJsonAsync(new
        {
            type = head,
            title = $"{head} +47 {phone}",
            status = context.Response.StatusCode,
            detail = $"{body} {head}",
            instance = trace,
            traceId = trace,
            extraDetails = new[] { new { name = "ErrorCode", reason = $"7010 {phone}" }, new { name = head, reason = body } },
        });
    }
}
