using Journey.Contracts;
using Journey.Contracts.Care;
using Journey.Contracts.Families;

namespace Journey.Grains.Visits;

/// <summary>
/// The visit's family: what it is told and says. How words leave the house, and who may hear them, is in <c>Families/</c>; what leaves is recorded
/// before it does.
/// </summary>
internal sealed partial class VisitGrain
{
    public Task<Outcome> FamilyWaits(FamilyWaits command) => Execute(command);
    public Task<Outcome> TellFamily(TellFamily command) => Execute(command);
    public Task<Outcome> SetContact(SetContact command) => Execute(command);
    public Task<Outcome> RemoveContact(RemoveContact command) => Execute(command);
    public Task<Outcome> SetCodeWord(SetCodeWord command) => Execute(command);
    public Task<Outcome> SendUpdate(SendUpdate command) => Execute(command);
    public Task<Outcome> RecallUpdate(RecallUpdate command) => Execute(command);
    public Task<Outcome> EndDelivery(EndDelivery command) => Execute(command);
    public Task<Outcome> IssueLink(IssueLink command) => Execute(command);
    public Task<Outcome> RevokeLinks(RevokeLinks command) => Execute(command);
    public Task<Outcome> GivePulse(GivePulse command) => Execute(command);

    public Task<CodeWordChecked> CheckCodeWord(CommandId id, Actor by, Guid? contact, string word) =>
        _family.CheckCodeWord(id, by, contact, word, Policy);

    public Task<FamilyAnswer> FamilyPage(CommandId id, FamilyKey key, string? codeWord, string? session) =>
        _family.Open(id, key, codeWord, session, Policy, _face.Row.Unit);
}
