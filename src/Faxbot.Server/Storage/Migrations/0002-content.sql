-- One row per stored content, written before its blob gets its name and deleted in the transaction in which the blob is deleted: who puts equal
-- content meanwhile waits for the row. stored_at is when it was last put or asked to be kept, key_id the key that sealed it.
create table contents (
  id text primary key,
  key_id text not null,
  stored_at bigint not null
);

-- Drawn pages of a document: variant says how (quality, paper, header). They can be drawn again.
create table renderings (
  document text not null,
  variant text not null,
  content text not null,
  pages bigint not null,
  used_at bigint not null,
  primary key (document, variant)
);

create index renderings_of_content on renderings (content);
create index renderings_by_use on renderings (used_at);

-- Who still needs a document, and whose time is over.
create index faxes_of_document on faxes (document);
create index faxes_finished on faxes (finished_at) where finished_at is not null;
