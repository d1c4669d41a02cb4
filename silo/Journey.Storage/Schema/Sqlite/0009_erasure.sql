-- needs: 8
-- Which erasures this database has gone through. The list of all lies with the keys: what it names and this table does not, a restored backup has brought back.
create table erasure
(
    id        text    not null primary key,
    erased_at integer not null,
    commits   integer not null,
    scrubbed  integer not null
) strict;
