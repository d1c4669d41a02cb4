-- A word that the key ring of this database opens: another ring is noticed before anything is written with it.
create table sealing
(
    name   text not null primary key,
    sealed text not null
);
