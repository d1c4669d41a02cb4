using Journey.Gateway.Trust.Problems;

namespace Journey.Gateway.Http.Failures;

internal static class ProblemsSetup
{
    public static void AddGatewayProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Extensions.TryAdd(Problem.Code, Problem.CodeOf(problem.Status ?? context.HttpContext.Response.StatusCode));
        });
        services.AddExceptionHandler<ExceptionProblems>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }
}
