-- The embedded store: the same tables as on PostgreSQL. Times are whole microseconds since 1970-01-01T00:00:00Z; UUIDs are text as written by RFC 9562.

-- One row is one commit: all events of one command. The truth; everything else can be rebuilt from it.
create table journal
(
    stream      text    not null,
    version     integer not null,
    recorded_at integer not null,
    command_id  text    not null,
    actor       text    not null,
    payload     text    not null check (json_valid(payload)),
    primary key (stream, version)
) strict;

create unique index journal_command on journal (stream, command_id);

-- A message is applied once, whatever a grain's bounded memory has forgotten.
create table inbox
(
    source      text    not null,
    message_id  text    not null,
    received_at integer not null,
    primary key (source, message_id)
) strict, without rowid;

-- One row per visit: what boards, search and the deadline sweep read.
create table visit_card
(
    visit         text    not null primary key,
    version       integer not null,
    unit          text    not null,
    status        text    not null,
    on_board      integer not null,
    number        text,
    search_text   text    not null,
    occurred_at   integer not null,
    closed_at     integer,
    next_deadline integer,
    leased_until  integer,
    board_row     text    not null
) strict;

create index visit_card_board on visit_card (unit, coalesce(closed_at, 9223372036854775807)) where on_board;
create index visit_card_number on visit_card (number) where number is not null;
create index visit_card_deadline on visit_card (next_deadline) where next_deadline is not null;

create table message_log
(
    sequence     integer primary key autoincrement,
    feed         text    not null,
    source       text    not null,
    control_id   text    not null,
    message_type text    not null,
    received_at  integer not null,
    raw          blob    not null,
    result       integer not null,
    reason       text
) strict;

create index message_log_received on message_log (received_at);
