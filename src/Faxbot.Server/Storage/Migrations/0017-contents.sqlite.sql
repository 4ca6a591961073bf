-- Contents are found by their names alone: the rows lie in the index of the names, and a new one is written once instead of twice.
create table contents_by_name (
  id text primary key,
  key_id text not null,
  stored_at bigint not null
) without rowid;
insert into contents_by_name (id, key_id, stored_at) select id, key_id, stored_at from contents order by id;
drop table contents;
alter table contents_by_name rename to contents;
