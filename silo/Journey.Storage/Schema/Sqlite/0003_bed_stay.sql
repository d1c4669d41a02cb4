-- Which beds a visit is and was in, written with its commits: what a bed's state follows from, whoever has left the board since.
create table bed_stay
(
    visit    text    not null,
    position integer not null,
    unit     text    not null,
    room     text,
    bed      text    not null,
    since    integer not null,
    until    integer,
    primary key (visit, position)
) strict, without rowid;

create index bed_stay_bed on bed_stay (unit, room, bed, since desc, visit);
