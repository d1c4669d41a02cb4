using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Grains.Runtime;
using Orleans.Concurrency;

namespace Journey.Grains.Intake;

/// <summary>
/// The one who gives up becomes a pointer, then the survivor takes their visits over. Carried out again after a crash in between, the pointer is
/// found and the rest is done; done already, it is not done twice, because every part has the union's id.
/// </summary>
/// <remarks>
/// Reentrant: nearly every new patient has a second identifier and is united with it, and unions of other persons must not wait for each other.
/// Those of the same persons must, or each would make a pointer of the other's survivor: who is being united is kept in <see cref="_busy"/>, and
/// there is one grain for all.
/// </remarks>
[Reentrant, GrainType("unions")]
internal sealed class UnionGrain : Grain, IUnionGrain
{
    private readonly HashSet<PatientId> _busy = [];
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PersonVisits Visits => field ??= new PersonVisits(GrainFactory);

    public async Task<UnionOutcome> Unite(Union union)
    {
        HashSet<PatientId> persons = [union.Survivor.Id, union.Prior];
        while (true)
        {
            await Take(persons);
            List<PatientId> survivor, prior;
            try
            {
                (survivor, prior) = (await Chain(union.Survivor.Id), await Chain(union.Prior));
                if (persons.IsSupersetOf(survivor) && persons.IsSupersetOf(prior)) return await Unite(union, survivor[^1], prior);
            }
            finally
            {
                Release(persons);
            }

            // Whoever they became is touched too, and may be in other hands: all are taken anew, together.
            persons = [.. persons, .. survivor, .. prior];
        }
    }

    private async Task<UnionOutcome> Unite(Union union, PatientId survivor, List<PatientId> chain)
    {
        // Up to the survivor: an earlier union may have made the prior somebody else, or been cut short.
        var end = chain.IndexOf(survivor);
        if (end == 0)
        {
            // The two are one person already, united the other way round: they only take the survivor's name.
            await Absorb(union, survivor, union.Prior, Yielded.Nothing);
            return UnionOutcome.OneAlready;
        }

        var prior = end > 0 ? chain[end - 1] : chain[^1];
        var yielded = await GrainFactory.Patient(prior)
            .Yield(new YieldPatient(union.Id.Derive("yield-" + prior), union.By, union.At, survivor, null) { IsAlias = union.IsAlias });
        await Absorb(union, survivor, prior, yielded);
        if (prior != union.Prior) await Absorb(union, survivor, union.Prior, Yielded.Nothing);
        return end > 0 ? UnionOutcome.Repeated : yielded.WasKnown ? UnionOutcome.United : UnionOutcome.NobodyKnown;
    }

    /// <summary>A person and whom they became, one after the other.</summary>
    private async Task<List<PatientId>> Chain(PatientId person)
    {
        var chain = new List<PatientId> { person };
        while ((await GrainFactory.Patient(chain[^1]).Read())?.MergedInto is { } next)
        {
            if (chain.Count > Merges.MaxHops) throw new InvalidOperationException("Merges go round in a circle.");
            chain.Add(next);
        }

        return chain;
    }

    /// <summary>All of them or none, so that nobody waits for somebody who waits for them.</summary>
    private async Task Take(HashSet<PatientId> persons)
    {
        while (_busy.Overlaps(persons)) await _released.Task;
        _busy.UnionWith(persons);
    }

    private void Release(HashSet<PatientId> persons)
    {
        _busy.ExceptWith(persons);
        var released = _released;
        _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        released.SetResult();
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
