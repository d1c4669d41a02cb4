-- Keys are compared byte by byte (collate "C"): faster, the same in every locale, and an upgrade of the system's collations cannot spoil an index.

-- One row is one commit: all events of one command. The truth; everything else can be rebuilt from it.
create table journal
(
    stream      text collate "C" not null,
    version     bigint      not null,
    recorded_at timestamptz not null,
    command_id  uuid        not null,
    actor       text        not null,
    payload     jsonb       not null,
    constraint journal_key primary key (stream, version),
    constraint journal_command unique (stream, command_id)
);

-- A message is applied once, whatever a grain's bounded memory has forgotten.
create table inbox
(
    source      text collate "C" not null,
    message_id  text collate "C" not null,
    received_at timestamptz not null,
    constraint inbox_key primary key (source, message_id)
);

-- One row per visit: what boards, search and the deadline sweep read. Room is left in each page because every commit updates its row.
create table visit_card
(
    visit         uuid        not null constraint visit_card_key primary key,
    version       bigint      not null,
    unit          text collate "C" not null,
    status        text        not null,
    on_board      boolean     not null,
    number        text collate "C",
    search_text   text        not null,
    occurred_at   timestamptz not null,
    closed_at     timestamptz,
    next_deadline timestamptz,
    leased_until  timestamptz,
    board_row     text        not null
) with (fillfactor = 70);

create index visit_card_board on visit_card (unit, coalesce(closed_at, 'infinity'::timestamptz)) where on_board;
create index visit_card_number on visit_card (number) where number is not null;
create index visit_card_deadline on visit_card (next_deadline) where next_deadline is not null;
-- Words as they are, without a text parser that would split "o'hara" or "12-34"; searched by prefix.
create index visit_card_words on visit_card using gin (array_to_tsvector(array_remove(string_to_array(search_text, ' '), '')));

create table message_log
(
    sequence     bigint generated always as identity constraint message_log_key primary key,
    feed         text        not null,
    source       text        not null,
    control_id   text        not null,
    message_type text        not null,
    received_at  timestamptz not null,
    raw          bytea       not null,
    result       smallint    not null,
    reason       text
);

create index message_log_received on message_log (received_at);

-- Called when a commit's inbox row went in and its journal row did not: undoes the statement as a whole, so that no half of a commit can stay.
create function journey_refuse_half_commit() returns boolean language plpgsql volatile as
$$
begin
    raise exception 'half a commit' using errcode = 'JT001';
end
$$;
