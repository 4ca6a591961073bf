-- What calls that went out over a trunk have shown to work for one number; a row counts until expires_at and is then swept.
create table media_memory (
  number text not null,
  trunk text not null,
  switched_by text check (switched_by in ('us', 'far_end', 'first_offer')),
  first_offer_refused bigint not null default 0 check (first_offer_refused in (0, 1)),
  ecm bigint check (ecm in (0, 1)),
  bit_rate bigint,
  good_calls bigint not null default 0,
  learned_at bigint not null,
  expires_at bigint not null,
  primary key (number, trunk)
);

create index media_memory_expiry on media_memory (expires_at);
