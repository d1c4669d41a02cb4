-- needs: 7
-- The trail against who may write to the database: rows are inserted and never changed, heads only move forward, and only what is past the owner's retention is removed.

-- How long entries are kept at least. The owner's: a migration sets it from Journey:Audit:RetentionDays, and the silos' role only reads it.
create table audit_retention
(
    one  boolean not null default true constraint audit_retention_key primary key check (one),
    days integer not null check (days between 1 and 36500)
);
insert into audit_retention (days) values (2192);

-- Each function looks in this schema first and for temporary tables last: one that somebody names audit_head must not be asked in its place.
do
$do$
begin
    execute format($f$
create function audit_is_past(at bigint) returns boolean language sql stable set search_path = %1$I, pg_temp as
$$ select at < (extract(epoch from now()) - days * 86400.0) * 1000000 from audit_retention $$
$f$, current_schema());

    execute format($f$
create or replace function audit_refuse() returns trigger language plpgsql set search_path = %1$I, pg_temp as
$$
begin
    if tg_op = 'DELETE' then
        if old.sequence <= (select h.base from audit_head h where h.chain = old.chain) and audit_is_past(old.at) then
            return old;
        end if;
    end if;
    raise exception 'the audit trail is append-only' using errcode = '23J01';
end
$$
$f$, current_schema());

    execute format($f$
create function audit_head_refuse() returns trigger language plpgsql set search_path = %1$I, pg_temp as
$$
begin
    if tg_op = 'UPDATE' then
        if new.chain = old.chain and new.sequence >= old.sequence and new.base = old.base and new.base_hash = old.base_hash then
            return new;
        end if;
        -- Retention: over entries past it alone, to one that is there.
        if new.chain = old.chain and new.sequence >= old.sequence and new.base > old.base and new.base <= new.sequence
           and exists (select from audit a where a.chain = new.chain and a.sequence = new.base and a.hash = new.base_hash)
           and not exists (select from audit a where a.chain = new.chain and a.sequence <= new.base and not audit_is_past(a.at)) then
            return new;
        end if;
    end if;
    raise exception 'the heads of the audit trail only move forward' using errcode = '23J02';
end
$$
$f$, current_schema());

    -- With the owner's rights: the silos' role may not delete. It removes what the head says is gone, and the trigger looks at each row.
    execute format($f$
create function audit_expire(expired integer[]) returns void language sql security definer set search_path = %1$I, pg_temp as
$$ delete from audit a using audit_head h where h.chain = any (expired) and a.chain = h.chain and a.sequence <= h.base $$
$f$, current_schema());
end
$do$;

revoke all on function audit_expire(integer[]) from public;

create trigger audit_head_forward before update or delete on audit_head for each row execute function audit_head_refuse();
create trigger audit_head_no_truncate before truncate on audit_head for each statement execute function audit_head_refuse();
