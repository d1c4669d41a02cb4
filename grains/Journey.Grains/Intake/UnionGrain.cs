using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Grains.Runtime;

namespace Journey.Grains.Intake;

/// <summary>
/// The one who gives up becomes a pointer, then the survivor takes their visits over. Carried out again after a crash in between, the pointer is
/// found and the rest is done; done already, it is not done twice, because every part has the union's id.
/// </summary>
[GrainType("unions")]
internal sealed class UnionGrain : Grain, IUnionGrain
{
    private PersonVisits Visits => field ??= new PersonVisits(GrainFactory);

    public async Task<UnionOutcome> Unite(Union union)
    {
        var survivor = await GrainFactory.CurrentId(union.Survivor.Id);
        var (prior, next) = await LastBefore(survivor, union.Prior);
        if (next is null && prior == survivor)
        {
            // The two are one person already, united the other way round: they only take the survivor's name.
            await Absorb(union, survivor, union.Prior, Yielded.Nothing);
            return UnionOutcome.OneAlready;
        }

        var yielded = await GrainFactory.Patient(prior)
            .Yield(new YieldPatient(union.Id.Derive("yield-" + prior), union.By, union.At, survivor, null) { IsAlias = union.IsAlias });
        await Absorb(union, survivor, prior, yielded);
        if (prior != union.Prior) await Absorb(union, survivor, union.Prior, Yielded.Nothing);
        return next is not null ? UnionOutcome.Repeated : yielded.WasKnown ? UnionOutcome.United : UnionOutcome.NobodyKnown;
    }

    /// <summary>Who the prior became, up to the survivor: an earlier union may have made them somebody else, or been cut short.</summary>
    private async Task<(PatientId Prior, PatientId? Next)> LastBefore(PatientId survivor, PatientId prior)
    {
        for (var hop = 0; hop < Merges.MaxHops; hop++)
        {
            var next = (await GrainFactory.Patient(prior).Read())?.MergedInto;
            if (next is not { } into || into == survivor) return (prior, next);
            prior = into;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }

    private async Task Absorb(Union union, PatientId survivor, PatientId prior, Yielded yielded)
    {
        var id = union.Id.Derive("absorb-" + prior);
        var route = await GrainFactory.Patient(survivor)
            .Absorb(new AbsorbPatient(id, union.By, union.At, union.Survivor with { Id = survivor }, prior, yielded.Visits)
            {
                IsAlias = union.IsAlias, IsSilent = union.IsAlias, NamedAs = union.IsAlias ? null : union.Survivor.Id, Names = yielded.Names,
                Was = yielded.Was,
            });
        await Visits.TellOthers(id, union.By, union.At, route, united: [prior, .. yielded.Names.Keys]);
        await Visits.Link(id, union.By, route);
    }
}
