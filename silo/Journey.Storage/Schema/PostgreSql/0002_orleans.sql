-- What Orleans' ADO.NET providers (10.4) ask of the database. They look their statements up in OrleansQuery by key and bind parameters by name;
-- the tables behind the statements are ours.
create table OrleansQuery
(
    QueryKey  varchar(64) not null constraint orleans_query_key primary key,
    QueryText text        not null
);

create table orleans_snapshot
(
    service_id  text        not null,
    grain_type  text        not null,
    n0          bigint      not null,
    n1          bigint      not null,
    extension   text        not null,
    payload     bytea,
    version     integer     not null,
    modified_at timestamptz not null,
    constraint orleans_snapshot_key primary key (service_id, grain_type, n0, n1, extension)
);

-- The provider takes no row, or the version it sent, for a conflict. The key makes the first write safe: of two, one inserts and the other finds a version.
insert into OrleansQuery values
('ReadFromStorageKey', '
    select payload as PayloadBinary, version as Version
      from orleans_snapshot
     where service_id = @ServiceId and grain_type = @GrainTypeString
       and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')'),
('WriteToStorageKey', '
    insert into orleans_snapshot as s (service_id, grain_type, n0, n1, extension, payload, version, modified_at)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1, now()
     where @GrainStateVersion is null
        or exists (select from orleans_snapshot
                    where service_id = @ServiceId and grain_type = @GrainTypeString
                      and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, ''''))
    on conflict (service_id, grain_type, n0, n1, extension) do update
       set payload = excluded.payload, version = s.version + 1, modified_at = excluded.modified_at
     where s.version = @GrainStateVersion
    returning s.version as NewGrainStateVersion'),
('ClearStorageKey', '
    update orleans_snapshot
       set payload = null, version = version + 1, modified_at = now()
     where service_id = @ServiceId and grain_type = @GrainTypeString
       and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')
       and version = @GrainStateVersion
    returning version as NewGrainStateVersion'),
('DeleteStorageKey', '
    delete from orleans_snapshot
     where service_id = @ServiceId and grain_type = @GrainTypeString
       and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')
       and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion');

-- Membership. Every change of a row goes with a change of the cluster's version, in one statement: whoever loses the race on the version changes nothing.
create table orleans_cluster
(
    deployment_id text        not null constraint orleans_cluster_key primary key,
    version       integer     not null default 0,
    changed_at    timestamptz not null default now()
);

create table orleans_silo
(
    deployment_id text        not null references orleans_cluster,
    address       text        not null,
    port          integer     not null,
    generation    integer     not null,
    silo_name     text        not null,
    host_name     text        not null,
    status        integer     not null,
    proxy_port    integer     not null,
    suspect_times text,
    started_at    timestamptz not null,
    alive_at      timestamptz not null,
    constraint orleans_silo_key primary key (deployment_id, address, port, generation)
);

insert into OrleansQuery values
('InsertMembershipVersionKey', '
    with added as (insert into orleans_cluster (deployment_id) values (@DeploymentId) on conflict do nothing returning 1)
    select count(*)::integer from added'),
('InsertMembershipKey', '
    with bumped as (
        update orleans_cluster set version = version + 1, changed_at = now()
         where deployment_id = @DeploymentId and version = @Version
           and not exists (select from orleans_silo
                            where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment_id),
    added as (
        insert into orleans_silo (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
        select deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime from bumped
        returning 1)
    select count(*)::integer from added'),
('UpdateMembershipKey', '
    with bumped as (
        update orleans_cluster set version = version + 1, changed_at = now()
         where deployment_id = @DeploymentId and version = @Version
           and exists (select from orleans_silo
                        where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
        returning deployment_id),
    changed as (
        update orleans_silo s set status = @Status, suspect_times = @SuspectTimes, alive_at = greatest(s.alive_at, @IAmAliveTime)
          from bumped b
         where s.deployment_id = b.deployment_id and s.address = @Address and s.port = @Port and s.generation = @Generation
        returning 1)
    select count(*)::integer from changed'),
('UpdateIAmAlivetimeKey', '
    update orleans_silo set alive_at = greatest(alive_at, @IAmAliveTime)
     where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation'),
('MembershipReadRowKey', '
    select c.deployment_id as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
           s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
           s.started_at as StartTime, s.alive_at as IAmAliveTime, c.version as Version
      from orleans_cluster c
      left join orleans_silo s
        on s.deployment_id = c.deployment_id and s.address = @Address and s.port = @Port and s.generation = @Generation
     where c.deployment_id = @DeploymentId'),
('MembershipReadAllKey', '
    select c.deployment_id as DeploymentId, s.address as Address, s.port as Port, s.generation as Generation, s.silo_name as SiloName,
           s.host_name as HostName, s.status as Status, s.proxy_port as ProxyPort, s.suspect_times as SuspectTimes,
           s.started_at as StartTime, s.alive_at as IAmAliveTime, c.version as Version
      from orleans_cluster c
      left join orleans_silo s on s.deployment_id = c.deployment_id
     where c.deployment_id = @DeploymentId'),
('DeleteMembershipTableEntriesKey', '
    delete from orleans_silo where deployment_id = @DeploymentId;
    delete from orleans_cluster where deployment_id = @DeploymentId'),
('GatewaysQueryKey', '
    select address as Address, proxy_port as ProxyPort, generation as Generation
      from orleans_silo
     where deployment_id = @DeploymentId and status = @Status and proxy_port > 0'),
('CleanupDefunctSiloEntriesKey', '
    delete from orleans_silo
     where deployment_id = @DeploymentId and status = 6 and started_at < @IAmAliveTime and alive_at < @IAmAliveTime
       and coalesce(suspect_times, '''') = '''''),
('CleanupDefunctSiloEntryKey', '
    delete from orleans_silo
     where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
       and status = 6 and started_at = @StartTime and alive_at = @IAmAliveTime
       and coalesce(suspect_times, '''') = coalesce(@SuspectTimes, '''')');

create table orleans_reminder
(
    service_id    text        not null,
    grain_id      text        not null,
    reminder_name text        not null,
    start_time    timestamptz not null,
    period        bigint      not null,
    grain_hash    integer     not null,
    version       integer     not null default 0,
    constraint orleans_reminder_key primary key (service_id, grain_id, reminder_name)
);

create index orleans_reminder_hash on orleans_reminder (service_id, grain_hash);

insert into OrleansQuery values
('UpsertReminderRowKey', '
    insert into orleans_reminder as r (service_id, grain_id, reminder_name, start_time, period, grain_hash)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period::bigint, @GrainHash)
    on conflict (service_id, grain_id, reminder_name) do update
       set start_time = excluded.start_time, period = excluded.period, grain_hash = excluded.grain_hash, version = r.version + 1
    returning r.version as Version'),
('ReadReminderRowsKey', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
      from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId'),
('ReadReminderRowKey', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
      from orleans_reminder where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName'),
('ReadRangeRows1Key', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
      from orleans_reminder where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash'),
('ReadRangeRows2Key', '
    select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
      from orleans_reminder where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)'),
('DeleteReminderRowKey', '
    with gone as (
        delete from orleans_reminder
         where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
        returning 1)
    select count(*)::integer from gone'),
('DeleteReminderRowsKey', '
    delete from orleans_reminder where service_id = @ServiceId');
