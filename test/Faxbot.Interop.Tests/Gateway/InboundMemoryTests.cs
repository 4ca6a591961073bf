using System.Net.Http.Json;
using System.Text.Json;
using Faxbot.Imaging.Pages;
using Faxbot.Interop.Tests.Embedded;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Faxes;
using Faxbot.Testing.Gateway;
using Faxbot.Testing.Network;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway that is called twice by the same number.</summary>
public sealed class InboundMemoryTests : IAsyncLifetime
{
    private const string Caller = "+15550142077";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();
    private readonly PortReservation _port = PortReservation.Take();
    private readonly EmbeddedLine _carrier = FinishedCall.OpenLine();
    private GatewayProcess _gateway = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StartAsync();
        _client = _gateway.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _carrier.DisposeAsync();
        _port.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_the_first_call_showed_holds_for_the_next_one_after_a_restart_too()
    {
        // The caller asks for nothing, and cannot do more than 9600 bit/s without error correction.
        var first = await CallAsync();
        var learnt = await LearntAsync(calls: 1);
        Assert.Equal(
            (Caller, "line", "inbound", "us", false, 9600),
            (learnt.GetProperty("number").GetString(), learnt.GetProperty("trunk").GetString(), learnt.GetProperty("direction").GetString(), learnt.GetProperty("switched_by").GetString(),
                learnt.GetProperty("ecm").GetBoolean(), learnt.GetProperty("bit_rate").GetInt32()));

        var key = _gateway.FirstKey!;
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        _client.Dispose();
        _gateway = await StartAsync();
        _client = _gateway.Client(key);
        var second = await CallAsync();

        Assert.True(first > TimeSpan.FromSeconds(3), $"The caller was waited for, for {first}.");
        Assert.True(second < TimeSpan.FromSeconds(3), $"It was known that the caller does not ask, and yet it was waited for, for {second}.");
        Assert.Equal(2, (await LearntAsync(calls: 2)).GetProperty("good_calls").GetInt32());
    }

    private Task<GatewayProcess> StartAsync() => GatewayProcess.StartAsync(
        _folder.FullPath,
        new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = $"127.0.0.1:{_port.First}", ["FAXBOT_SIP_ACCEPT_FROM"] = "127.0.0.0/8" },
        Cancel);

    // From the answer to T.38.
    private async Task<TimeSpan> CallAsync()
    {
        using var document = new BitmapDocument(FaxResolution.Standard, SamplePages.Text(1728, 50, 1));
        var call = _carrier.Originate(new OutboundFax
        {
            Trunk = FinishedCall.Trunk(_port.First, new TrunkT38 { Switch = T38Switch.FarEnd, Paced = false }), To = "+15550142078", From = Caller, Document = document, Ecm = false, MaxBitRate = 9600,
        });
        DateTimeOffset answered = default, switched = default;
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var happened in call.Events.WithCancellation(limit.Token))
        {
            if (happened.Event is LineEvent.Answered) answered = happened.At;
            if (happened.Event is LineEvent.SwitchedToT38) switched = happened.At;
        }

        var outcome = await call.Completion;
        Assert.True(outcome.Class == OutcomeClass.Success, $"{outcome}");
        return switched - answered;
    }

    private async Task<JsonElement> LearntAsync(int calls)
    {
        var rows = await Eventually.SeesAsync(
            async () => (await _client.GetFromJsonAsync<JsonElement[]>($"/media-memory?number={Uri.EscapeDataString(Caller)}", TestContext.Current.CancellationToken))!,
            rows => rows is [var row] && row.GetProperty("good_calls").GetInt32() == calls,
            Limit,
            () => "The call taught nothing.");
        return rows[0];
    }
}
