-- The Asterisk servers, by name and separated by blanks, of which one may have placed the attempt's call; null where our own line did.
alter table attempts add column asterisk_servers text;
