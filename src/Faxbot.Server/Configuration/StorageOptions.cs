namespace Faxbot.Server.Configuration;

/// <summary>Where documents are kept, and how they are sealed.</summary>
internal sealed record StorageOptions
{
    [Setting("The folder of documents, drawn pages and received faxes, all encrypted.", IsPath = true)]
    public string Folder { get; init; } = "{data_folder}/content";

    [Setting("The file of the keys that they are encrypted with. Back it up apart from the documents: without it they cannot be read.", IsPath = true)]
    public string KeyRing { get; init; } = "{data_folder}/keys.json";

    [Setting("A key of 32 octets (openssl rand -base64 32) that encrypts the file of the keys itself.", Unset = "the file is plain, readable by its owner only", Example = "@file:/etc/faxbot/storage.key")]
    public LockKey? Key { get; init; }

    [Setting("The former `storage.key`, for the one start at which it changes.", Example = "@file:/etc/faxbot/storage.key.old")]
    public LockKey? PreviousKey { get; init; }
}
