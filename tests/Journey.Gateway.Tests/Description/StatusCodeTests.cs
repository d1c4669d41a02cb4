using System.Reflection;
using Journey.Gateway.Trust.Problems;

namespace Journey.Gateway.Tests.Description;

/// <summary>What a refusal without a word of its own is called is a code that a client can look up.</summary>
public class StatusCodeTests
{
    [Theory]
    [InlineData(400), InlineData(404), InlineData(405), InlineData(413), InlineData(415), InlineData(500), InlineData(502), InlineData(503)]
    public void A_status_has_a_code_of_the_public_list(int status) => Assert.Contains(Problem.CodeOf(status), Public());

    [Fact]
    public void A_status_without_a_code_says_its_number() => Assert.Equal("http-418", Problem.CodeOf(418));

    private static IEnumerable<string> Public() =>
        typeof(Api.ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
