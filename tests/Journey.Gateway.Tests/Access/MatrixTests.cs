using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Live.Hub;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Trust.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Access;

/// <summary>
/// Every endpoint and every method of the hub, with every role, in the unit, out of it and with a part in the visit: as the policy table says, and
/// not otherwise.
/// </summary>
public sealed class MatrixTests(SignedInHost journey)
{
    public enum Standing { In, Out, Assigned }

    private static readonly Guid Nothing = new("99999999-0000-5000-8000-000000000001");

    /// <summary>What a command must say to come as far as the visit.</summary>
    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["{id}/touchpoints"] = new { kind = "contact" }, ["{id}/verify"] = new { what = "here" },
        ["{id}/note"] = new { text = "Glasses are with the clerk" },
        ["{id}/assignments"] = new { role = "provider", name = "Somebody Else" },
        ["{id}/alerts/{alert}/snooze"] = new { until = DateTimeOffset.UtcNow.AddMinutes(9), reason = "x" },
        ["{id}/undo"] = new { commandId = Nothing },
        ["{id}/questions"] = new { kind = "clinical", text = "x", asker = new { kind = "patient" }, owner = "Somebody Else" },
        ["{id}/questions/{item}/answer"] = new { answer = "x" },
        ["{id}/questions/{item}/confirm"] = new { satisfied = true }, ["{id}/questions/{item}/withdraw"] = new { reason = "x" },
        ["{id}/promises"] = new { what = "x", dueAt = DateTimeOffset.UtcNow.AddHours(1), owner = "Somebody Else" },
        ["{id}/promises/{item}/withdraw"] = new { reason = "x" },
        ["{id}/requests"] = new { kind = "comfort" }, ["{id}/requests/{item}/withdraw"] = new { reason = "x" },
        ["{id}/life-events"] = new { what = "x", on = "2031-03-20" },
        ["{id}/pulses"] = new { score = 3 },
        ["{id}/handoffs"] = new
        {
            role = "nurse", to = "Somebody Else",
            content = new { illness = "stable", summary = "x", actions = new[] { "x" }, awareness = "" }
        },
        ["{id}/handoffs/{item}/accept"] = new { synthesis = "x" }, ["{id}/handoffs/{item}/return"] = new { question = "x" },
        ["{id}/family/contacts"] = new { name = "X", order = 1, consent = "nothing" }, ["{id}/family/code-word"] = new { word = "tulip" },
        ["{id}/family/code-word/check"] = new { word = "x" },
        ["{id}/family/locks"] = new { @lock = "safety", on = false }, ["{id}/family/hold"] = new { on = false },
        ["{id}/family/updates"] = new { text = "x" },
    };

    [Fact]
    public void Every_endpoint_names_an_operation_of_the_table()
    {
        Assert.Equal([], Endpoints().Where(e => e.Metadata.GetMetadata<NeedsAttribute>() is not { } needs || !AccessTable.Lists(needs.Operation))
            .Select(e => e.DisplayName));
        Assert.Equal([], Endpoints().Where(e => e.Metadata.GetOrderedMetadata<NeedsAttribute>().Count > 1).Select(e => e.DisplayName));
    }

    [Fact]
    public void Every_method_of_the_hub_names_an_operation_of_the_table() =>
        Assert.Equal([], Methods().Where(m => m.GetCustomAttribute<NeedsAttribute>() is not { } needs || !AccessTable.Lists(needs.Operation))
            .Select(m => m.Name));

    [Fact]
    public void Every_operation_is_in_the_table_and_somewhere_asked_for()
    {
        var asked = Endpoints().Select(e => e.Metadata.GetMetadata<NeedsAttribute>()!.Operation)
            .Concat(Methods().Select(m => m.GetCustomAttribute<NeedsAttribute>()!.Operation)).ToHashSet();
        // Files are there only where the dashboard was built beside the host.
        asked.Add(Operation.OpenPages);
        Assert.Equal([], Enum.GetValues<Operation>().Where(operation => !AccessTable.Lists(operation) || !asked.Contains(operation)));
    }

    public static TheoryData<string?> Roles() => new((string?[])[null, .. AccessTable.Columns.Select(WireName<Role>.Dashed)]);

    [Theory, MemberData(nameof(Roles))]
    public async Task Every_endpoint_answers_a_role_as_the_table_says(string? role)
    {
        var guest = await journey.Comes(bed: "1");
        var wrong = new List<string>();
        foreach (var standing in role is null ? [Standing.Out] : Enum.GetValues<Standing>())
        {
            var who = role is null ? null : Somebody.As(role, standing == Standing.In ? guest.Unit : "ELSEWHERE");
            if (standing == Standing.Assigned) await GivePart(guest, who!);
            foreach (var endpoint in Endpoints().Where(e => e.Metadata.GetMetadata<NeedsAttribute>()!.Operation != Operation.OpenPages))
                foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    var (operation, pattern) = (endpoint.Metadata.GetMetadata<NeedsAttribute>()!.Operation, endpoint.RoutePattern.RawText!);
                    var expected = Expected(operation, pattern, role, standing);
                    var got = await Got(who, method, pattern, guest, operation);
                    if (got != expected) wrong.Add($"{method} {pattern} ({operation}) {standing}: {got}, not {expected}");
                }
        }

        Assert.Equal([], wrong);
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Every_method_of_the_hub_answers_a_role_as_the_table_says(string? role)
    {
        var guest = await journey.Comes();
        if (role is null)
        {
            await using var stranger = journey.Hub();
            var problem = await Assert.ThrowsAsync<HttpRequestException>(() => stranger.StartAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.Unauthorized, problem.StatusCode);
            return;
        }

        var wrong = new List<string>();
        foreach (var standing in new[] { Standing.In, Standing.Out })
        {
            var who = Somebody.As(role, standing == Standing.In ? guest.Unit : "ELSEWHERE");
            await using var hub = journey.Hub(token: SignedIn.Token(who));
            await hub.StartAsync(TestContext.Current.CancellationToken);
            foreach (var method in Methods())
            {
                var operation = method.GetCustomAttribute<NeedsAttribute>()!.Operation;
                object?[] arguments = [.. method.GetParameters().Select(p => p.Name == "unit" ? guest.Unit : who.Name)];
                var got = "yes";
                try
                {
                    await hub.InvokeCoreAsync(method.Name, typeof(object), arguments, TestContext.Current.CancellationToken);
                }
                catch (HubException refused)
                {
                    got = refused.Message.Contains("access-denied", StringComparison.Ordinal) ? "access-denied" : refused.Message;
                }

                var expected = Expected(operation, method.GetParameters().Any(p => p.Name == "unit") ? "{unit}" : "", role, standing);
                if (got != expected) wrong.Add($"{method.Name} ({operation}) {standing}: {got}, not {expected}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public async Task A_token_that_another_key_signed_is_nobodys()
    {
        using var forged = new HttpRequestMessage(HttpMethod.Get, Api.Paths.Units);
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        forged.Headers.Authorization = new("Bearer", SignedIn.Token(Somebody.As("charge-nurse", "*"), new(other) { KeyId = "test" }));
        using var answer = await journey.Http.SendAsync(forged, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("sign-in-needed", await SignedInHost.Code(answer));
    }

    [Fact]
    public async Task Who_signed_in_without_a_role_gets_nothing_and_the_header_makes_nobody_another()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api.Paths.Units).By(new Somebody("Nobody In Particular", [], ["*"]));
        request.Headers.Add(Api.Paths.ActingAs, "Charge Nurse");
        using var answer = await journey.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Forbidden, "access-denied"), (answer.StatusCode, await SignedInHost.Code(answer)));
    }

    private static string Expected(Operation operation, string pattern, string? role, Standing standing)
    {
        var scope = AccessTable.CellFor(operation, role is null ? null : WireName<Role>.Read(role)).Scope;
        if (scope == Scope.None) return role is null ? "sign-in-needed" : "access-denied";
        if (scope.HasFlag(Scope.House) || scope.HasFlag(Scope.Link)) return "yes";
        if (pattern.Contains("{id}", StringComparison.Ordinal)) return standing != Standing.Out ? "yes" : "glass-required";
        var ofUnit = pattern.Contains("{unit}", StringComparison.Ordinal) || operation is Operation.KeepShifts or Operation.KeepRules;
        return !ofUnit || standing == Standing.In ? "yes" : "access-denied";
    }

    private async Task<string> Got(Somebody? who, string method, string pattern, Guest guest, Operation operation)
    {
        // Whoever breaks the glass is admitted from then on: not on the visit that is asked for.
        var visit = operation == Operation.BreakGlass ? Nothing : guest.VisitId;
        var path = pattern.Replace("{id}", visit.ToString(), StringComparison.Ordinal).Replace("{unit}", guest.Unit, StringComparison.Ordinal);
        foreach (var item in new[] { "{alert}", "{item}", "{call}", "{question}", "{grant}" })
            path = path.Replace(item, Nothing.ToString(), StringComparison.Ordinal);
        path = path.Replace("{page:int}", "1", StringComparison.Ordinal).Replace("{key}", "rounding", StringComparison.Ordinal);
        foreach (var silo in new[] { "{*address}", "{*path}" })
            path = path.Replace(silo, journey.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(),
                StringComparison.Ordinal);
        if (path.Contains('{', StringComparison.Ordinal)) path = path.Replace("{documentName}", "v1", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path).By(who);
        if (method == "POST")
        {
            var body = Bodies.FirstOrDefault(b => pattern.EndsWith("/visits/" + b.Key, StringComparison.Ordinal)).Value
                ?? operation switch
                {
                    Operation.KeepShifts => new { name = "X", role = "nurse", unit = guest.Unit },
                    Operation.KeepRules => new { to = "on", unit = guest.Unit },
                    _ => new { }
                };
            request.Content = JsonContent.Create(body);
        }

        using var answer = await journey.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest
            or HttpStatusCode.InternalServerError)) return "yes";
        var code = await SignedInHost.Code(answer);
        return code switch
        {
            // Admitted, and told what is missing or not there.
            "access-denied" or "glass-required" or "sign-in-needed" => code,
            "visit-unknown" when visit == guest.VisitId => code,
            "invalid-request" or "invalid-json" when path.Contains(guest.VisitId.ToString(), StringComparison.Ordinal)
                && AccessTable.CellFor(operation, Role.Nurse).Scope.HasFlag(Scope.Assigned) => "never asked the visit: the test's body is wrong",
            _ when answer.StatusCode == HttpStatusCode.InternalServerError => $"{code} {pattern}",
            _ => "yes",
        };
    }

    private async Task GivePart(Guest guest, Somebody who)
    {
        await journey.SignsIn(who);
        var question = new { kind = "clinical", text = "x", asker = new { kind = "patient" }, owner = who.Name };
        using var asked = await journey.Say(Somebody.As("charge-nurse", guest.Unit), $"{Api.Paths.Visits}/{guest.VisitId}/questions", question);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }

    private IEnumerable<RouteEndpoint> Endpoints() => journey.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(BoardHub).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(m => m.GetBaseDefinition().DeclaringType == typeof(BoardHub));
}
