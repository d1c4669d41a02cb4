using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Journey.Gateway.Trust.Problems;

/// <summary>RFC 9457 problems with a stable code.</summary>
internal static class Problem
{
    /// <summary>The extension that says which problem it is.</summary>
    public const string Code = "code";

    public static ProblemHttpResult Create(int status, string code, string detail) =>
        TypedResults.Problem(new ProblemDetails { Status = status, Detail = detail, Extensions = { [Code] = code } });

    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors, string code = Api.ProblemCodes.InvalidRequest) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest, Extensions = { [Code] = code } });

    public static ProblemHttpResult Invalid(string field, string message, string code = Api.ProblemCodes.InvalidRequest) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] }, code);

    public static ProblemHttpResult Refused(Contracts.Refusal refusal) => Create(
        refusal.Code switch
        {
            Contracts.RefusalCodes.VisitUnknown or Contracts.RefusalCodes.GlassUnknown or Contracts.RefusalCodes.FindingUnknown
                or Contracts.RefusalCodes.RuleUnknown or Contracts.RefusalCodes.ViewUnknown
                or Contracts.RefusalCodes.ShiftUnknown or Contracts.RefusalCodes.RoleUnknown or Contracts.RefusalCodes.PersonUnknown =>
                StatusCodes.Status404NotFound,
            Contracts.RefusalCodes.AccessDenied or Contracts.RefusalCodes.GlassRequired or Contracts.RefusalCodes.GlassOwn
                or Contracts.RefusalCodes.FindingOwn => StatusCodes.Status403Forbidden,
            Contracts.RefusalCodes.VisitErased => StatusCodes.Status410Gone,
            Contracts.RefusalCodes.GlassLimit => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status409Conflict,
        }, refusal.Code, refusal.Message);

    public static ProblemHttpResult VisitUnknown() =>
        Create(StatusCodes.Status404NotFound, Contracts.RefusalCodes.VisitUnknown, "No such visit is known.");

    public static ProblemHttpResult UnitUnknown() => Create(StatusCodes.Status404NotFound, Api.ProblemCodes.UnitUnknown, "No such unit is known.");

    /// <summary>The code of a problem that only has a status.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => Api.ProblemCodes.InvalidRequest,
        404 => Api.ProblemCodes.NotFound,
        405 => Api.ProblemCodes.MethodNotAllowed,
        413 => Api.ProblemCodes.TooLarge,
        415 => Api.ProblemCodes.UnsupportedMediaType,
        503 => Api.ProblemCodes.Unavailable,
        >= 500 => Api.ProblemCodes.Internal,
        _ => "http-" + status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
