using Journey.Contracts;
using Journey.Gateway.Trust.Problems;

namespace Journey.Gateway.Http.Description;

/// <summary>
/// What a stranger is told of an operation beside what its endpoint says of itself. Who may, what is recorded and what repeating does is derived: see
/// <see cref="OperationTransformer"/>.
/// </summary>
/// <param name="Operation">Method and route, such as <c>POST /api/v1/staff</c>.</param>
/// <param name="Says">What it does and what comes back, for somebody who has not seen the product.</param>
internal sealed record OperationText(string Operation, string Says)
{
    /// <summary>One line; null where the endpoint has one.</summary>
    public string? Summary { get; init; }

    /// <summary>A body that is sent, as JSON; of invented people. A test sends it.</summary>
    public string? Example { get; init; }

    /// <summary>A body that is answered, as JSON.</summary>
    public string? Answer { get; init; }

    /// <summary>What is answered where it is not JSON, such as <c>text/csv</c>.</summary>
    public string? Media { get; init; }

    /// <summary>What it alone may refuse; what its kind of endpoint may refuse is derived: see <see cref="GeneralFailures"/>.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];
}

/// <summary>A problem that may be answered.</summary>
/// <param name="Code">One of <see cref="Api.ProblemCodes"/>.</param>
internal readonly record struct Failure(int Status, string Code)
{
    /// <summary>A refusal of a grain, with the status it is answered with.</summary>
    public static implicit operator Failure(string code) => new(Problem.Refused(new Refusal(code, "")).StatusCode, code);

    public static implicit operator Failure((int Status, string Code) failure) => new(failure.Status, failure.Code);
}
