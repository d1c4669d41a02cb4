using System.Collections.Concurrent;
using Journey.Contracts.Access;
using Journey.Contracts.Alerts;
using Journey.Contracts.Audit;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Hotline;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Cluster.Calls;

/// <summary>
/// The cluster, as all of the gateway calls it: each grain by its name, and each call with a deadline. A grain's reference is asked for late, with
/// each call: a client of a cluster that is not up yet has none to give.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class JourneyCluster(IServiceProvider services, CallPipeline pipeline, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(IGrainObserver, Type), IGrainObserver> _observers = new();

    public IVisitGrain Visit(Guid visit) => Grains.GetGrain<IVisitGrain>(visit);
    public IPatientGrain Patient(Guid patient) => Grains.GetGrain<IPatientGrain>(patient);
    public IUnitBoardGrain Board(string unit) => Grains.GetGrain<IUnitBoardGrain>(BoardKeys.Unit(unit));
    public IHospitalGrain Hospital => Grains.GetGrain<IHospitalGrain>(BoardKeys.Hospital);
    public ISearchGrain Search => Grains.GetGrain<ISearchGrain>(0);
    public IIntakeGrain Intake => Grains.GetGrain<IIntakeGrain>(0);
    public IStaffGrain Staff => Grains.GetGrain<IStaffGrain>(StaffKeys.All);
    public IOwedListGrain List(string addressee) => Grains.GetGrain<IOwedListGrain>(addressee);
    public IHotlineGrain Hotline => Grains.GetGrain<IHotlineGrain>(HotlineKeys.All);
    public IRulesGrain Rules => Grains.GetGrain<IRulesGrain>(RuleKeys.House);
    public IFamilyLinksGrain FamilyLinks => Grains.GetGrain<IFamilyLinksGrain>(0);
    public IGlassGrain Glass => Grains.GetGrain<IGlassGrain>(GlassKeys.All);
    public IFindingsGrain Findings => Grains.GetGrain<IFindingsGrain>(FindingKeys.All);
    public ILooksGrain Looks(string person) => Grains.GetGrain<ILooksGrain>(person);

    /// <param name="book">See <see cref="ViewKeys.BookOf"/>.</param>
    public IViewsGrain Views(string book) => Grains.GetGrain<IViewsGrain>(book);
    public IWallsGrain Walls => Grains.GetGrain<IWallsGrain>(WallKeys.All);

    /// <param name="book">See <see cref="SessionKeys.BookOf"/>.</param>
    public ISessionsGrain Sessions(string book) => Grains.GetGrain<ISessionsGrain>(book);

    /// <param name="chain">From 0, below <see cref="AuditChains.Count"/>.</param>
    public IAuditGrain AuditChain(int chain) => Grains.GetGrain<IAuditGrain>(AuditChains.Key(chain));
    public IAuditReaderGrain AuditReader => Grains.GetGrain<IAuditReaderGrain>(0);

    /// <summary>
    /// What grains call when something changes: for one observer always the same, so that a grain does not take a renewal for a second subscriber. It
    /// is kept as long as this is.
    /// </summary>
    public T Observer<T>(T observer) where T : class, IGrainObserver =>
        (T)_observers.GetOrAdd((observer, typeof(T)), _ => Grains.CreateObjectReference<T>(observer));

    /// <summary>Makes a call, again when it was not answered: with the same command id, a bounded number of times.</summary>
    /// <exception cref="ClusterUnavailableException">No attempt was answered: whether it was carried out is not known.</exception>
    public Task<T> Call<T>(Func<Task<T>> call, CancellationToken cancellation = default) => pipeline.Attempts(call, cancellation);

    /// <summary>Two at once, each as <see cref="Call{T}"/>.</summary>
    public async Task<(T, TOther)> CallBoth<T, TOther>(Func<Task<T>> call, Func<Task<TOther>> other, CancellationToken cancellation = default)
    {
        var (first, second) = (Call(call, cancellation), Call(other, cancellation));
        await Task.WhenAll(first, second);
        return (await first, await second);
    }

    /// <summary>As <see cref="Call{T}"/>, for as long as <paramref name="budget"/> and not counting attempts: for callers who wait in line.</summary>
    /// <param name="again">Told before each further attempt.</param>
    /// <exception cref="ClusterUnavailableException">No attempt was answered in time.</exception>
    public Task<T> CallFor<T>(Func<Task<T>> call, TimeSpan budget, Action again, CancellationToken cancellation) =>
        pipeline.Within(budget, call, again, cancellation);

    /// <summary>One attempt, for those that come back by themselves: renewals, probes, the trail's chains in turn.</summary>
    /// <exception cref="TimeoutException">Not answered before the deadline.</exception>
    public Task<T> CallOnce<T>(Func<Task<T>> call, TimeSpan deadline, CancellationToken cancellation = default) =>
        call().WaitAsync(deadline, clock, cancellation);

    /// <inheritdoc cref="CallOnce{T}"/>
    public Task CallOnce(Func<Task> call, TimeSpan deadline, CancellationToken cancellation = default) =>
        call().WaitAsync(deadline, clock, cancellation);

    private IGrainFactory Grains => services.GetRequiredService<IGrainFactory>();
}
