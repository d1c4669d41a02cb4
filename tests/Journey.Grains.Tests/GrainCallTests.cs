using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Journey.Grains.Storage;

namespace Journey.Grains.Tests;

/// <summary>
/// Which grains wait for which, read from the compiled code. A grain that waits takes no other call: two that wait for each other stand still until
/// both calls time out. So the arrows may form no circle, and a new one is written down here.
/// </summary>
public sealed class GrainCallTests
{
    /// <summary>Who waits for whom. What is told and not waited for, as a visit tells its board, is no arrow.</summary>
    private static readonly Dictionary<string, string[]> Waits = new()
    {
        ["GlassGrain"] = ["IAuditGrain", "IVisitGrain"],
        ["HotlineGrain"] = ["IVisitGrain"],
        ["IntakeGrain"] = ["IPatientGrain", "IUnionGrain", "IUnitBoardGrain", "IVisitGrain", "IVisitNumberGrain"],
        ["LooksGrain"] = ["IFindingsGrain"],
        ["OwedListGrain"] = ["IHospitalGrain", "IUnitBoardGrain"],
        ["RulesGrain"] = ["IStaffGrain"],
        ["UnionGrain"] = ["IPatientGrain", "IVisitGrain"],
        ["UnitBoardGrain"] = ["IRulesGrain", "IVisitGrain"],
        ["WallsGrain"] = ["ISessionsGrain"],
    };

    private static readonly Assembly Grains = typeof(IJournal).Assembly, Contracts = typeof(Journey.Contracts.Visits.IVisitGrain).Assembly;
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Classes = [.. Grains.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain)) && !type.IsAbstract)];
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void Each_grain_waits_only_for_those_written_down_here() => Assert.Equal(
        Waits.Select(grain => $"{grain.Key} → {string.Join(", ", grain.Value)}").Order(),
        Classes.Select(grain => (grain.Name, Waited: WaitedBy(grain))).Where(grain => grain.Waited.Length > 0)
            .Select(grain => $"{grain.Name} → {string.Join(", ", grain.Waited.Select(i => i.Name))}").Order());

    [Fact]
    public void No_two_grains_wait_for_each_other_however_far_round()
    {
        var arrows = Classes.ToDictionary(grain => grain,
            grain => WaitedBy(grain).SelectMany(called => Classes.Where(c => c.IsAssignableTo(called))).ToArray());
        foreach (var grain in Classes) Walk(grain, []);

        void Walk(Type grain, Type[] way)
        {
            if (way.Contains(grain)) Assert.Fail("These wait for each other: " + string.Join(" → ", way.Append(grain).Select(g => g.Name)));
            foreach (var next in arrows[grain]) Walk(next, [.. way, grain]);
        }
    }

    /// <summary>Every other append would have to be as careful: see StreamFaultTests and EventStreamTests.</summary>
    [Fact]
    public void Nobody_appends_to_the_journal_but_the_one_shell()
    {
        var others = Grains.GetTypes().SelectMany(type => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
            .Where(method => Instructions(method).Any(called => called.Target is { Name: nameof(IJournal.Append) } append
                && append.DeclaringType == typeof(IJournal)))
            .Select(method => Outermost(method.DeclaringType!).Name).Distinct().ToArray();
        Assert.True(others is ["EventStream`2"], "Append through an EventStream (Execute or Commit), not to the journal: " + string.Join(", ", others));

        static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
    }

    /// <summary>In Contracts their methods say whom they answer, and what crosses a wire is approved.</summary>
    [Fact]
    public void Every_interface_of_a_grain_stands_in_the_contracts() => Assert.Equal([],
        Grains.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain))).Select(type => type.Name));

    /// <summary>The interfaces of grains that any method of a grain calls and waits for, itself or through the parts it is made of.</summary>
    private static Type[] WaitedBy(Type grain)
    {
        var (found, seen, ahead) = (new HashSet<Type>(), new HashSet<MethodBase>(), new Queue<MethodBase>(EntryPoints(grain)));
        while (ahead.TryDequeue(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var called in WaitedFor(method))
            {
                if (called.DeclaringType is { IsInterface: true } of && of.Assembly == Contracts && of.IsAssignableTo(typeof(IGrain))) found.Add(of);
                else if (called.DeclaringType?.Assembly == Grains)
                    foreach (var run in Implementations(called).Prepend(called)) ahead.Enqueue(run);
            }
        }

        return [.. found.OrderBy(i => i.Name)];
    }

    /// <summary>What may run when a method of ours is called that others implement or override.</summary>
    private static IEnumerable<MethodBase> Implementations(MethodBase called)
    {
        if (called is not MethodInfo { IsVirtual: true, DeclaringType: { } of } method) return [];
        if (of.IsInterface)
            return Grains.GetTypes().Where(type => !type.IsInterface)
                .SelectMany(type => type.GetInterfaces().Where(i => Open(i) == Open(of)), (type, i) => type.GetInterfaceMap(i))
                .SelectMany(map => map.TargetMethods.Where((_, at) => map.InterfaceMethods[at].Name == method.Name));
        return Grains.GetTypes().Where(type => type.IsSubclassOf(of)).SelectMany(type => type.GetMethods(All))
            .Where(own => own.GetBaseDefinition() == method.GetBaseDefinition());
    }

    private static Type Open(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>
    /// What a method calls, apart from what it does not wait for: a call whose task is thrown away, and any call to a grain by a method that has no
    /// task to give back. What is made into a delegate counts as called, for whoever gets it may wait.
    /// </summary>
    private static IEnumerable<MethodBase> WaitedFor(MethodBase method)
    {
        if (method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } machine)
            return [machine.StateMachineType.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic)!];
        var waits = method.Name == "MoveNext" || IsTask((method as MethodInfo)?.ReturnType);
        var code = Instructions(method).ToArray();
        return code.Select((instruction, at) => (instruction.Target, IsThrownAway: at + 1 < code.Length && code[at + 1].Code == OpCodes.Pop))
            .Where(call => call.Target is not null
                && !(IsTask((call.Target as MethodInfo)?.ReturnType) && (call.IsThrownAway || IsGrain(call.Target) && !waits)))
                .Select(call => call.Target!);
    }

    private static bool IsGrain(MethodBase method) => method.DeclaringType?.IsAssignableTo(typeof(IGrain)) == true;

    private static bool IsTask(Type? type) =>
        type is not null && (type.IsAssignableTo(typeof(Task)) || type == typeof(ValueTask)
            || type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    /// <summary>What Orleans calls. Everything else runs because one of these calls it, or made a delegate of it for a timer.</summary>
    private static IEnumerable<MethodBase> EntryPoints(Type grain) => [
        .. grain.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly),
        .. grain.GetConstructors(BindingFlags.Instance | BindingFlags.Public),
        .. grain.GetInterfaces().Where(i => i.IsAssignableTo(typeof(IGrain)) || i == typeof(IRemindable))
            .SelectMany(i => grain.GetInterfaceMap(i).TargetMethods),
    ];

    private static IEnumerable<(OpCode Code, MethodBase? Target)> Instructions(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        var (types, arguments) = (method.DeclaringType is { IsGenericType: true } of ? of.GetGenericArguments() : null, method.IsGenericMethod
            ? method.GetGenericArguments()
            : null);
        for (var at = 0; at < il.Length;)
        {
            var value = il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at];
            var code = Codes[value];
            at += code.Size;
            MethodBase? target = code.OperandType == OperandType.InlineMethod
                ? method.Module.ResolveMethod(BitConverter.ToInt32(il, at), types, arguments)
                : null;
            if (target is MethodInfo { IsGenericMethod: true } generic) target = generic.GetGenericMethodDefinition();
            yield return (code, target);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }
}
