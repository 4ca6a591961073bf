namespace Faxbot.Sip.Voxbone;

/// <summary>A page of call records.</summary>
internal sealed record VoxboneRecords(IReadOnlyList<VoxboneRecord> Data, VoxbonePagination Pagination);

/// <summary>A call.</summary>
internal sealed record VoxboneRecord(string Id, string Start, long? Duration = null);

/// <summary>How many there are in all.</summary>
internal sealed record VoxbonePagination(long Total);

/// <summary>A page of the account's numbers.</summary>
internal sealed record VoxboneNumbers(IReadOnlyList<VoxboneDid> Dids, long ResultCount);

/// <summary>A number.</summary>
internal sealed record VoxboneDid(string E164, VoxbonePeer? Peer = null);

/// <summary>How its calls are delivered.</summary>
internal sealed record VoxbonePeer(bool? T38Enabled = null);

/// <summary>The answer with the balance.</summary>
internal sealed record VoxboneBalanceAnswer(VoxboneBalance AccountBalance);

/// <summary>What the account has left.</summary>
internal sealed record VoxboneBalance(decimal Balance, string Currency);

/// <summary>Those of the settings that are not the trunk's.</summary>
internal sealed record VoxboneSettings(string? ApiKey = null, bool Sandbox = false);
