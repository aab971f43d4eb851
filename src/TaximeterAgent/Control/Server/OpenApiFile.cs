using Microsoft.AspNetCore.Http;

namespace TaximeterAgent.Control.Server;

/// <summary>docs/openapi.json, which travels in the program: a test holds it against the code that it is written from.</summary>
internal static class OpenApiFile
{
    private const string Resource = "openapi.json";

    public static async Task TellAsync(HttpContext context)
    {
        await using var document = Open();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static Stream Open() =>
        typeof(OpenApiFile).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the program.");
}
