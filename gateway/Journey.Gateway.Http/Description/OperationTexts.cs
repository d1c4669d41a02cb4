using System.Collections.Frozen;

namespace Journey.Gateway.Http.Description;

/// <summary>What is said of each operation. A test finds one that is missing, and one that is left over.</summary>
internal static class OperationTexts
{
    public static FrozenDictionary<string, OperationText> All { get; } =
        new[] { VisitTexts.All, CareTexts.All, FamilyTexts.All, HouseTexts.All, PrivacyTexts.All }
            .SelectMany(texts => texts).ToFrozenDictionary(text => text.Operation);
}
