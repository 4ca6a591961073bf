-- One row per received fax. document (PDF) and tiff are in the content store.
create table inbound (
  id text primary key,
  from_number text not null,
  to_number text not null,
  status text not null,
  backend text not null,
  provider_id text,
  mailbox text,
  pages bigint not null,
  octets bigint not null,
  document text not null,
  tiff text,
  received_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);

-- A provider may tell of one fax twice.
create unique index inbound_of_provider on inbound (backend, provider_id) where provider_id is not null;
create index inbound_newest on inbound (received_at desc, id desc);
create index inbound_of_number on inbound (to_number, received_at desc, id desc);
create index inbound_of_document on inbound (document);
create index inbound_of_tiff on inbound (tiff) where tiff is not null;
