-- What is old is forgotten. Rows come in order of time, so a few lines for each stretch of the table are index enough and cost a message next to nothing.
create index inbox_received on inbox using brin (received_at) with (pages_per_range = 32, autosummarize = on);
