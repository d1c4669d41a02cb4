namespace Journey.Grains.Runtime;

/// <summary>
/// Tells a grain, on its own scheduler, that a silo is gone. What that silo committed and could not announce any more is in the cards: a board need
/// not wait for its next comparison with them.
/// </summary>
internal sealed class SilosThatLeft : ISiloStatusListener, IDisposable
{
    private readonly ISiloStatusOracle _silos;
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private readonly Func<Task> _gone;

    /// <summary>Made on the grain's scheduler.</summary>
    public SilosThatLeft(ISiloStatusOracle silos, Func<Task> gone)
    {
        (_silos, _gone) = (silos, gone);
        silos.SubscribeToSiloStatusEvents(this);
    }

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead && !updatedSilo.Equals(_silos.SiloAddress))
            Task.Factory.StartNew(_gone, CancellationToken.None, TaskCreationOptions.None, _scheduler);
    }

    public void Dispose() => _silos.UnSubscribeFromSiloStatusEvents(this);
}
