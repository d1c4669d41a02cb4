-- What was done with patients' data, by whom. Each row holds the hash of the one before; the head of its chain holds the last one's, sealed with a key.
create table audit
(
    chain         integer     not null,
    sequence      bigint      not null,
    form          integer     not null,
    id            uuid        not null,
    at            bigint      not null, -- microseconds since 1970, UTC: hashed as they stand
    who           text collate "C" not null,
    name          text,
    roles         text        not null,
    authority     text,
    address       text,
    device        text,
    action        text collate "C" not null,
    operation     text        not null,
    outcome       text        not null,
    visit         uuid,
    patient       uuid,
    unit          text,
    command       uuid,
    found         text,
    detail        text,
    previous_hash bytea       not null,
    hash          bytea       not null,
    constraint audit_key primary key (chain, sequence)
);

create index audit_at on audit (at, chain, sequence);
create index audit_visit on audit (visit, at) where visit is not null;
create index audit_found on audit using gin (string_to_array(found, ' ')) where found is not null;
create index audit_who on audit (who, at);

create table audit_head
(
    chain         integer not null constraint audit_head_key primary key,
    base          bigint  not null,
    base_hash     bytea   not null,
    sequence      bigint  not null,
    hash          bytea   not null,
    seal          bytea   not null
);

-- Append-only: nothing is changed, and nothing removed but what the head, sealed, says is past its retention.
create function audit_refuse() returns trigger language plpgsql as
$$
begin
    if tg_op = 'DELETE' then
        if old.sequence <= (select h.base from audit_head h where h.chain = old.chain) then
            return old;
        end if;
    end if;
    raise exception 'the audit trail is append-only' using errcode = '23J01';
end
$$;

create trigger audit_append_only before update or delete on audit for each row execute function audit_refuse();
create trigger audit_no_truncate before truncate on audit for each statement execute function audit_refuse();
