-- needs: 9
-- By what a visit is found. It hardly ever changes, while the card does with each commit: among the card's own indexes each move to another unit, end of a stay and
-- new deadline would write all words anew.
-- Silos of earlier versions go on: what they write follows here, and what they look up by number or word they find by reading all cards.
create table visit_words
(
    visit       uuid not null constraint visit_words_key primary key,
    number      text collate "C",
    search_text text not null
);

create function visit_words_follow() returns trigger language plpgsql as
$$
begin
    if tg_op = 'DELETE' then
        delete from visit_words where visit = old.visit;
    else
        insert into visit_words (visit, number, search_text) values (new.visit, new.number, new.search_text)
        on conflict (visit) do update set number = excluded.number, search_text = excluded.search_text;
    end if;
    return null;
end
$$;

-- Nobody who writes meanwhile may be missed; who reads goes on.
lock table visit_card in share row exclusive mode;
create trigger visit_words_first after insert or delete on visit_card for each row execute function visit_words_follow();
create trigger visit_words_other after update of number, search_text on visit_card for each row
    when (old.number is distinct from new.number or old.search_text is distinct from new.search_text) execute function visit_words_follow();
insert into visit_words (visit, number, search_text) select visit, number, search_text from visit_card;
create index visit_words_number on visit_words (number) where number is not null;
-- Words as they are, without a text parser that would split "o'hara" or "12-34"; searched by prefix.
create index visit_words_words on visit_words using gin (array_to_tsvector(array_remove(string_to_array(search_text, ' '), '')));
-- Last, for readers of cards wait for this.
drop index visit_card_number, visit_card_words;
