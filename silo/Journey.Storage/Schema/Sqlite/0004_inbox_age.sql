-- What is old is forgotten.
create index inbox_received on inbox (received_at);
