using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Journey.Contracts.Tests;

/// <summary>Makes a value of any contract type with every member set to something of its own, and writes any value out member by member.</summary>
internal sealed class Samples
{
    private static readonly DateTimeOffset Noon = new(2031, 3, 14, 12, 0, 0, TimeSpan.FromHours(1));
    private int _next;

    public static object SampleOf(Type type) => new Samples().Make(type, type.Name)!;

    private object? Make(Type type, string name)
    {
        _next++;
        if (Nullable.GetUnderlyingType(type) is { } value) return Make(value, name);
        if (type == typeof(string)) return $"{name}-{_next}";
        if (type == typeof(Guid)) return new Guid(_next, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        if (type == typeof(DateTimeOffset)) return Noon.AddMinutes(_next);
        if (type == typeof(DateOnly)) return new DateOnly(1950, 1, 1).AddDays(_next);
        if (type == typeof(TimeSpan)) return TimeSpan.FromMinutes(_next);
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return _next;
        if (type == typeof(long)) return (long)_next;
        if (type == typeof(double)) return _next + 0.5;
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemory<byte>([1, 2, (byte)_next]);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Array(type.GetGenericArguments()[0], name);
        if (type.IsAbstract) return Make(ContractTypes.Concrete.First(t => t.IsAssignableTo(type)), name);
        if (!type.FullName!.StartsWith("Journey.Contracts", StringComparison.Ordinal)) throw new InvalidOperationException($"No sample for {type}.");
        return Record(type);
    }

    private object Array(Type element, string name)
    {
        var items = System.Array.CreateInstance(element, 2);
        for (var i = 0; i < items.Length; i++) items.SetValue(Make(element, name), i);
        return typeof(Samples).GetMethod(nameof(Wrap), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(element)
            .Invoke(null, [items])!;
    }

    private static ImmutableArray<T> Wrap<T>(T[] items) => [.. items];

    private object Record(Type type)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type)
            .MaxBy(c => c.GetParameters().Length);
        var made = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, p.Name!))]);
        if (constructor is null || constructor.GetParameters().Length == 0)
            foreach (var member in ContractTypes.Members(type)) member.SetValue(made, Make(member.PropertyType, member.Name));
        return made;
    }

    /// <summary>Every member of a value, one a line.</summary>
    public static string Dump(object? value)
    {
        var text = new StringBuilder();
        Dump(text, value, 0);
        return text.ToString();
    }

    private static void Dump(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.AppendLine("null");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.AppendLine(Convert.ToBase64String(bytes.Span));
                break;
            case DateTimeOffset at:
                text.AppendLine(at.ToString("O", CultureInfo.InvariantCulture));
                break;
            case not string and IEnumerable list when !IsDefault(value):
                text.AppendLine("list");
                foreach (var item in list) Dump(text.Append(' ', depth * 2 + 2).Append("- "), item, depth + 1);
                break;
            case not string and IEnumerable:
                text.AppendLine("default");
                break;
            default:
                if (value.GetType().FullName!.StartsWith("Journey.", StringComparison.Ordinal) && !value.GetType().IsEnum)
                    Members(text, value, depth);
                else text.AppendLine(CultureInfo.InvariantCulture, $"{value}");
                break;
        }
    }

    private static bool IsDefault(object value) => value.GetType().GetProperty("IsDefault")?.GetValue(value) is true;

    private static void Members(StringBuilder text, object value, int depth)
    {
        text.AppendLine(value.GetType().Name);
        foreach (var member in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.SetMethod is not null)
            .OrderBy(p => p.Name, StringComparer.Ordinal))
            Dump(text.Append(' ', depth * 2 + 2).Append(member.Name).Append(": "), member.GetValue(value), depth + 1);
    }
}
