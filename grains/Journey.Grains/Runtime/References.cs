using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;

namespace Journey.Grains.Runtime;

/// <summary>
/// References to the grains that every message goes through. <see cref="IGrainFactory.GetGrain{TGrainInterface}(Guid, string)"/> reads the
/// interface's attributes by reflection each time, which was a twentieth of a message's processor time; here the types are looked up once.
/// </summary>
internal static class References
{
    public static IVisitGrain Visit(this IGrainFactory grains, VisitId id) =>
        Known<IVisitGrain>.By(grains, GrainIdKeyExtensions.CreateGuidKey(id.Value));

    public static IPatientGrain Patient(this IGrainFactory grains, PatientId id) =>
        Known<IPatientGrain>.By(grains, GrainIdKeyExtensions.CreateGuidKey(id.Value));

    public static IVisitNumberGrain VisitNumber(this IGrainFactory grains, Guid number) =>
        Known<IVisitNumberGrain>.By(grains, GrainIdKeyExtensions.CreateGuidKey(number));

    public static IUnitBoardGrain UnitBoard(this IGrainFactory grains, string unit) =>
        Known<IUnitBoardGrain>.By(grains, IdSpan.Create(BoardKeys.Unit(unit)));

    public static IOwedListGrain OwedList(this IGrainFactory grains, string addressee) =>
        Known<IOwedListGrain>.By(grains, IdSpan.Create(addressee));

    private static class Known<T> where T : IAddressable
    {
        /// <summary>The same in every silo: they follow from the attributes of the interface and of its one class.</summary>
        private static (GrainType Grain, GrainInterfaceType Interface)? _types;

        public static T By(IGrainFactory grains, IdSpan key)
        {
            if (_types is not { } known)
            {
                var any = (GrainReference)grains.GetGrain(typeof(T), key);
                _types = known = (any.GrainId.Type, any.InterfaceType);
            }

            return (T)grains.GetGrain(GrainId.Create(known.Grain, key), known.Interface);
        }
    }
}
