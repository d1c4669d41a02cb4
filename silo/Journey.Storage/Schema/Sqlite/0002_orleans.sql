-- What Orleans' ADO.NET storage provider (10.4) asks of the database; see the PostgreSQL script. One silo in one process: no membership, no reminders.
create table OrleansQuery
(
    QueryKey  text not null primary key,
    QueryText text not null
);

create table orleans_snapshot
(
    service_id  text    not null,
    grain_type  text    not null,
    n0          integer not null,
    n1          integer not null,
    extension   text    not null,
    payload     blob,
    version     integer not null,
    modified_at integer not null,
    primary key (service_id, grain_type, n0, n1, extension)
) strict;

insert into OrleansQuery values
('ReadFromStorageKey', '
    select payload as PayloadBinary, version as Version
      from orleans_snapshot
     where service_id = @ServiceId and grain_type = @GrainTypeString
       and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, '''')'),
('WriteToStorageKey', '
    insert into orleans_snapshot (service_id, grain_type, n0, n1, extension, payload, version, modified_at)
    select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1, unixepoch() * 1000000
     where @GrainStateVersion is null
        or exists (select 1 from orleans_snapshot
                    where service_id = @ServiceId and grain_type = @GrainTypeString
                      and n0 = @GrainIdN0 and n1 = @GrainIdN1 and extension = coalesce(@GrainIdExtensionString, ''''))
    on conflict (service_id, grain_type, n0, n1, extension) do update
       set payload = excluded.payload, version = version + 1, modified_at = excluded.modified_at
     where version = @GrainStateVersion
    returning version as NewGrainStateVersion'),
('ClearStorageKey', '
    update orleans_snapshot
       set payload = null, version = version + 1, modified_at = unixepoch() * 1000000
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
