using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Faxbot.Architecture.Tests;

/// <summary>A compiled assembly of the product as its metadata tells it; nothing of it is loaded.</summary>
internal sealed class ProductAssembly
{
    private ProductAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        Name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        References = [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        UsedTypes = [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => FullName(metadata, type.Namespace, type.Name))];
        UsedMembers = [.. metadata.MemberReferences.Select(metadata.GetMemberReference).Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (Member: member, Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent)))
            .Select(used => $"{FullName(metadata, used.Type.Namespace, used.Type.Name)}.{metadata.GetString(used.Member.Name)}")];
        Types = [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Select(type => metadata.GetString(type.Name).Split('`')[0])
            .Where(name => !name.Contains('<', StringComparison.Ordinal))];
    }

    /// <summary>The assemblies that are built from <c>src</c> and <c>plugins</c>, as they lie beside the tests.</summary>
    public static IReadOnlyList<ProductAssembly> All { get; } =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileName(path).StartsWith("faxbot", StringComparison.OrdinalIgnoreCase))
            .Select(path => new ProductAssembly(path))
            .Where(assembly => !assembly.Name.EndsWith(".Tests", StringComparison.Ordinal) && assembly.Name != "Faxbot.Testing")];

    public string Name { get; }

    public HashSet<string> References { get; }

    /// <summary>Types of other assemblies, with namespaces.</summary>
    public HashSet<string> UsedTypes { get; }

    /// <summary>Their methods (a property's are called <c>get_X</c>), with types and namespaces.</summary>
    public HashSet<string> UsedMembers { get; }

    /// <summary>Its own types, without namespaces.</summary>
    public HashSet<string> Types { get; }

    private static string FullName(MetadataReader metadata, StringHandle space, StringHandle name) => $"{metadata.GetString(space)}.{metadata.GetString(name)}";
}
