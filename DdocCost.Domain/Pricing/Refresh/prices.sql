-- Refreshes of the price book: plain tables, one for all tenants. Repeatable; only ever add.

create schema if not exists pricing;

-- Every refresh that was begun. Its number is the version of the price book it made.
create table if not exists pricing.refreshes (
    version bigint generated always as identity primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    state text not null,                       -- running, kept, refused, failed
    says text not null,                        -- progress or result, for a person
    bytes_read bigint not null default 0,
    report jsonb,
    prices bytea                               -- rows as in prices.tsv.gz; null where nothing was kept, or it was forgotten
);

-- The version in use; none: the embedded price book.
create table if not exists pricing.in_use (
    only_one boolean primary key default true check (only_one),
    version bigint references pricing.refreshes,
    set_at timestamptz not null,
    set_by text not null
);
