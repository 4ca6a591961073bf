using System.ComponentModel.DataAnnotations;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Faxbot.Server.Api;

/// <summary>Describes the API as OpenAPI 3.1, at <c>/openapi.json</c>, and as a page to browse, at <c>/docs</c>.</summary>
internal static class ApiDescription
{
    /// <summary>The name of the description.</summary>
    public const string Document = "v1";

    private const string Address = "/openapi.json";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddSchemaTransformer(DescribeAsync);
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi(Address);
        // All that the page needs comes from the gateway: it works without the internet, and tells nobody who reads it.
        app.MapScalarApiReference("/docs", options => options.WithTitle("Faxbot API").WithOpenApiRoutePattern(Address).DisableDefaultFonts());
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Faxbot",
            Version = "1",
            Description = "Send and receive faxes. Errors are problem documents (RFC 9457); docs/api.md lists their types, the scopes, and how webhooks are signed.",
        };
        // The address depends on who asks; the description does not.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKeyAuthentication.SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiKeyAuthentication.Header },
        };
        return Task.CompletedTask;
    }

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<MultipartBody>().LastOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Form, cancellationToken: cancel);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [MultipartBody.MediaType] = new() { Schema = schema } },
            };
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RequiredScope>().LastOrDefault() is { } required)
        {
            var key = new OpenApiSecuritySchemeReference(ApiKeyAuthentication.SchemeName, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [key] = [required.Scope] }];
            operation.Description = $"Scope {string.Join(" or ", required.Or.Prepend(required.Scope).Select(scope => $"`{scope}`"))}.";
        }
    }

    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DataTypeAttribute), false) is [DataTypeAttribute { DataType: DataType.DateTime }])
            schema.Format = "date-time";
        if (context.JsonTypeInfo.Type != typeof(PhoneNumber) && context.JsonTypeInfo.Type != typeof(PhoneNumber?)) return Task.CompletedTask;
        schema.Type = JsonSchemaType.String;
        schema.Properties?.Clear();
        return Task.CompletedTask;
    }
}
