-- How far sources have read, by their parts (a region, a branch of a bucket). Moves only after what lies before it is durable. Repeatable.
create schema if not exists pipeline;

create table if not exists pipeline.source_positions (
    tenant_id text not null,
    source text not null,
    part text not null,
    position text not null,
    moved_at timestamptz not null,
    primary key (tenant_id, source, part)
) with (fillfactor = 70);
