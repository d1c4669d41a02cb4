-- Which beds a visit is and was in, written with its commits: what a bed's state follows from, whoever has left the board since.
create table bed_stay
(
    visit    uuid        not null,
    position integer     not null,
    unit     text collate "C" not null,
    room     text collate "C",
    bed      text collate "C" not null,
    since    timestamptz not null,
    until    timestamptz,
    constraint bed_stay_key primary key (visit, position)
);

create index bed_stay_bed on bed_stay (unit, room, bed, since desc, visit);
