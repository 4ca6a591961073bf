-- Calls that come in teach as well: what works for a number may differ by direction. All that was learnt before is of calls that went out.
create table media_memory_by_direction (
  number text not null,
  trunk text not null,
  direction text not null check (direction in ('outbound', 'inbound')),
  switched_by text check (switched_by in ('us', 'far_end', 'first_offer')),
  first_offer_refused bigint not null default 0 check (first_offer_refused in (0, 1)),
  ecm bigint check (ecm in (0, 1)),
  bit_rate bigint,
  good_calls bigint not null default 0,
  learned_at bigint not null,
  expires_at bigint not null,
  primary key (number, trunk, direction)
);

insert into media_memory_by_direction (number, trunk, direction, switched_by, first_offer_refused, ecm, bit_rate, good_calls, learned_at, expires_at)
select number, trunk, 'outbound', switched_by, first_offer_refused, ecm, bit_rate, good_calls, learned_at, expires_at from media_memory;

drop table media_memory;
alter table media_memory_by_direction rename to media_memory;

create index media_memory_expiry on media_memory (expires_at);
