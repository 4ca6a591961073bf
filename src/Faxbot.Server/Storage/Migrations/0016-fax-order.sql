-- Ids begin with the time of acceptance (RFC 9562 5.7), so their order is the order of faxes: no index needs that time beside them.
drop index faxes_newest;
drop index faxes_of_key;
create index faxes_of_key on faxes (key_id, id);
