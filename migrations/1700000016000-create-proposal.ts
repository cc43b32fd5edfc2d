import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Proposed triples and who proposed them. Head, relation and tail are keys, because a proposal may bring its
 * entities along and outlives what it names. Of one statement one proposal is pending at a time.
 */
export class CreateProposal1700000016000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table proposal (
        id bigint generated always as identity primary key,
        status text not null default 'PENDING' check (status in ('PENDING', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
        head text not null,
        relation text not null,
        tail text not null,
        statement text not null, -- digest of the three keys, which are too long for an index together
        head_entity jsonb check (jsonb_typeof(head_entity) = 'object'),
        tail_entity jsonb check (jsonb_typeof(tail_entity) = 'object'),
        confidence real not null check (confidence >= 0 and confidence <= 1),
        qualifiers jsonb not null default '{}' check (jsonb_typeof(qualifiers) = 'object'),
        sources jsonb not null default '[]' check (jsonb_typeof(sources) = 'array'),
        valid_from timestamptz,
        valid_to timestamptz check (valid_to >= valid_from),
        method text not null default 'MANUAL'
          check (method in ('MANUAL', 'GAZETTEER', 'PATTERN', 'MODEL', 'LINK_PREDICTION')),
        span jsonb check (jsonb_typeof(span) = 'object'),
        reason text,
        proposed_by text not null,
        proposed_at timestamptz not null default clock_timestamp(),
        reviewed_by text,
        reviewed_at timestamptz,
        note text,
        change_revision bigint references change(revision),
        triple_id bigint, -- no reference: the triple may be retracted later
        revision integer not null default 1,
        check ((change_revision is not null) = (status = 'ACCEPTED')),
        check ((reviewed_at is null) = (status = 'PENDING'))
      )`);
    await db.query(`create unique index proposal_pending on proposal (statement) where status = 'PENDING'`);
    await db.query(`create index proposal_status on proposal (status, id)`);
    await db.query(`
      create table proposal_support (
        proposal_id bigint not null references proposal(id) on delete cascade,
        actor text not null,
        reason text,
        at timestamptz not null default clock_timestamp(),
        primary key (proposal_id, actor)
      )`);
    await db.query(`create index proposal_support_actor on proposal_support (actor, proposal_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`drop table proposal_support, proposal`);
  }
}
