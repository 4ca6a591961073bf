using System.Reflection;

namespace Faxbot.Fuzz;

/// <summary>All targets of this assembly.</summary>
internal static class FuzzTargets
{
    /// <summary>What makes an instance, by the target's name.</summary>
    public static IReadOnlyDictionary<string, Func<IFuzzTarget>> All { get; } = Assembly.GetExecutingAssembly().GetTypes()
        .Where(type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IFuzzTarget)))
        .Select(type => (Func<IFuzzTarget>)(() => (IFuzzTarget)Activator.CreateInstance(type)!))
        .OrderBy(create => create().Name, StringComparer.Ordinal)
        .ToDictionary(create => create().Name);
}
