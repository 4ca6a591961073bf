-- Who did what, when, to what and from where; ids only, no personal data. Rows are only ever added.
create table audit (
  id {identity},
  at bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  address text,
  detail text
);

create index audit_of_subject on audit (subject, id);
create index audit_of_actor on audit (actor, id);
