using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Faxbot.Server.Content;

/// <summary>Files that only their owner may read, and names in folders that survive a power cut.</summary>
internal static partial class DurableFiles
{
    private const int ReadOnly = 0;
    private const int CurrentFolder = -100;  // AT_FDCWD
    private const uint NoReplace = 1;        // RENAME_NOREPLACE
    private const int NotNeeded = 4;         // POSIX_FADV_DONTNEED
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Creates the folder, and makes its name durable when it was not there.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerFolder);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent) SyncFolder(parent);
    }

    /// <summary>Creates a file that was not there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="share">What others may do with it while it is written.</param>
    public static FileStream Create(string path, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>Writes a whole file under a name: whoever opens it finds the old octets or the new ones, also after a power cut.</summary>
    /// <exception cref="IOException">It is there and may not be replaced, or it cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> octets, bool replace)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = Create(temporary))
            {
                file.Write(octets);
                file.Flush(flushToDisk: true);
            }

            if (replace) File.Move(temporary, path, overwrite: true);
            else MoveToNew(temporary, path);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Renames a file, unless the new name is taken or the file system cannot tell; then false.</summary>
    public static bool TryMoveToNew(string path, string place) =>
        OperatingSystem.IsLinux() && Rename(CurrentFolder, path, CurrentFolder, place, NoReplace) == 0;

    /// <summary>
    /// Makes the octets of a file durable and, where the system takes such advice (posix_fadvise), gives up the memory that holds a copy of them: the next
    /// file takes it, instead of memory that is cold, or that a host has to find for its guest first.
    /// </summary>
    public static void SyncAndForget(FileStream file)
    {
        file.Flush(flushToDisk: true);
        // Advice, no more: where it is not taken, the copy stays for a while.
        if (OperatingSystem.IsLinux()) _ = Advise(file.SafeFileHandle, 0, 0, NotNeeded);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void SyncFolder(string path)
    {
        // NTFS keeps its own journal of names, and Windows opens no folder for it.
        if (OperatingSystem.IsWindows()) return;
        using var folder = new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
        if (folder.IsInvalid || Fsync(folder) != 0) throw new IOException($"The folder {path} cannot be synced: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());
    }

    // File.Move looks whether the name is taken and renames then: of two that do so at once both would succeed, and one file would be lost.
    private static void MoveToNew(string path, string place)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(path, place);
            return;
        }

        if (TryMoveToNew(path, place)) return;
        // NFS has no such rename; a second name for the file is refused in one step too.
        if (Link(path, place) != 0) throw new IOException($"{place} cannot be created: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());
        File.Delete(path);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string place);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, nint offset, nint length, int advice);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);
}
