-- What is on its way through Amazon SQS, where that is the queue. A row is there from the sender's transaction until the transaction that
-- applies it; SQS carries its number only. Repeatable.

create sequence if not exists pipeline.sqs_sendings;

create table if not exists pipeline.sqs_messages (
    id bigint primary key generated always as identity,
    lane integer not null,
    tenant_id text not null,
    account_id text not null,
    message jsonb not null,
    enqueued_at timestamptz not null default clock_timestamp(),
    sent_as bigint,           -- number of its last sending; null: to be sent
    given_up_at timestamptz   -- a dead letter: kept, not read again
);
create index if not exists sqs_messages_to_send on pipeline.sqs_messages (id) where sent_as is null and given_up_at is null;
create index if not exists sqs_messages_of_account on pipeline.sqs_messages (tenant_id, account_id, id) where given_up_at is null;
