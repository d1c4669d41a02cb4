-- Every alert of a visit, written with the commits that raise, change and end it: how well the rules do, over any days.
create table visit_alert
(
    visit     text    not null,
    rule      text    not null,
    raised_at integer not null,
    unit      text    not null,
    severity  integer not null,
    shadow    integer not null,
    taken_at  integer,
    ended_at  integer,
    ended_how text,
    primary key (visit, rule, raised_at)
) strict, without rowid;

create index visit_alert_raised on visit_alert (raised_at);
