-- Every alert of a visit, written with the commits that raise, change and end it: how well the rules do, over any days.
create table visit_alert
(
    visit     uuid        not null,
    rule      text collate "C" not null,
    raised_at timestamptz not null,
    unit      text collate "C" not null,
    severity  smallint    not null,
    shadow    boolean     not null,
    taken_at  timestamptz,
    ended_at  timestamptz,
    ended_how text,
    constraint visit_alert_key primary key (visit, rule, raised_at)
);

create index visit_alert_raised on visit_alert (raised_at);
