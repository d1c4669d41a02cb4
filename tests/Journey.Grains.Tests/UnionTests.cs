using Journey.Contracts;
using Journey.Contracts.Patients;

namespace Journey.Grains.Tests;

/// <summary>Unions at once: those of the same persons one after the other, those of others beside them.</summary>
[Collection(nameof(ClusterTests))]
public sealed class UnionTests(Cluster cluster) : PersonScenario(cluster)
{
    [Fact]
    public async Task Merges_in_a_ring_at_once_make_one_person()
    {
        for (var round = 0; round < 10; round++)
        {
            StartAnew();
            string[] persons = ["P1", "P2", "P3", "P4", "P5"];
            foreach (var person in persons) await Arrive(Who(person, "Moss"), 60, At("V" + person, Ed, person));
            await Task.WhenAll(persons.Select((person, n) => MergeInto(Who(person, "Moss"), persons[(n + 1) % persons.Length])));
            var roots = await Task.WhenAll(persons.Select(person => Root(Id(person))));
            Assert.Single(roots.Distinct());
            Assert.Equal(persons.Length, (await Cluster.Grains.GetGrain<IPatientGrain>(roots[0].Value).Read())!.Visits.Length);
        }
    }

    [Fact]
    public async Task Many_new_patients_with_two_identifiers_each_are_united_side_by_side()
    {
        var arrivals = Enumerable.Range(0, 200).Select(n => Arrive(Who("N" + n, "Moss", "A" + n), 60, At("VN" + n, Ed, "b" + n)));
        await Task.WhenAll(arrivals);
        var roots = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Root(Id("A" + n))));
        Assert.Equal(Enumerable.Range(0, 200).Select(n => Id("N" + n)), roots);
    }

    private async Task<PatientId> Root(PatientId person)
    {
        for (var hop = 0; hop < 10; hop++)
        {
            if ((await Cluster.Grains.GetGrain<IPatientGrain>(person.Value).Read())?.MergedInto is not { } next) return person;
            person = next;
        }

        throw new InvalidOperationException("Merges go round in a circle.");
    }
}
