-- needs: 8
-- Which erasures this database has gone through. The list of all lies with the keys: what it names and this table does not, a restored backup has brought back.
create table erasure
(
    id        uuid        not null constraint erasure_key primary key,
    erased_at timestamptz not null,
    commits   bigint      not null,
    scrubbed  boolean     not null
);
