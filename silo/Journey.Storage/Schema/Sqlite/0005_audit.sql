-- What was done with patients' data, by whom. Each row holds the hash of the one before; the head of its chain holds the last one's, sealed with a key.
create table audit
(
    chain         integer not null,
    sequence      integer not null,
    form          integer not null,
    id            text    not null,
    at            integer not null,
    who           text    not null,
    name          text,
    roles         text    not null,
    authority     text,
    address       text,
    device        text,
    action        text    not null,
    operation     text    not null,
    outcome       text    not null,
    visit         text,
    patient       text,
    unit          text,
    command       text,
    found         text,
    detail        text,
    previous_hash blob    not null,
    hash          blob    not null,
    primary key (chain, sequence)
) strict;

create index audit_at on audit (at, chain, sequence);
create index audit_visit on audit (visit, at) where visit is not null;
-- Searches are few: what they found is looked through.
create index audit_found on audit (at) where found is not null;
create index audit_who on audit (who, at);

create table audit_head
(
    chain         integer not null primary key,
    base          integer not null,
    base_hash     blob    not null,
    sequence      integer not null,
    hash          blob    not null,
    seal          blob    not null
) strict;

-- Append-only: nothing is changed, and nothing removed but what the head, sealed, says is past its retention.
create trigger audit_no_update before update on audit begin select raise(abort, 'the audit trail is append-only'); end;
create trigger audit_no_delete before delete on audit when old.sequence > coalesce((select base from audit_head where chain = old.chain), 0)
begin select raise(abort, 'the audit trail is append-only'); end;
