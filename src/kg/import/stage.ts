import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { rewriteTime } from "./readTime.ts";
import type { Cell, Counts, ImportRecord } from "./types.ts";

type Kind = ImportRecord["kind"];

/** One temporary table per kind of record. Types as in the real tables, so that COPY checks them once more. */
const TABLES: Readonly<Record<Kind, string>> = {
  entity: `seq bigint, key text, type text, name text, preference smallint, aliases text[], description text,
    attributes jsonb, is_item boolean, merged_into text`,
  attribute: "seq bigint, key text, name text, value jsonb",
  relation: `seq bigint, key text, label text, inverse_label text, domain text[], range text[],
    max_per_head integer, is_symmetric boolean`,
  triple: `seq bigint, head text, relation text, tail text, confidence real, rank triple_rank, qualifiers jsonb,
    sources jsonb, valid_from timestamptz, valid_to timestamptz, graph text`,
  interaction: `seq bigint, user_key text, item text, kind text, weight real, at timestamptz, split text`,
  link: "seq bigint, entity text, item text",
};
const KINDS = Object.keys(TABLES) as Kind[];
const COPY_AT = 256 * 1024; // characters of one kind in memory before they are copied

/** Records of one kind. */
class Pending {
  /** Those not copied yet, in COPY's text format. */
  rows = "";
  count = 0;
}

/**
 * Holds the records of an import in temporary tables of one connection, until they are merged: nothing of it
 * is seen by anyone else, and nothing survives the connection. `seq` keeps the order of the source.
 */
export class Stage {
  private seq = 0;
  private readonly pending: Readonly<Record<Kind, Pending>> = {
    entity: new Pending(),
    attribute: new Pending(),
    relation: new Pending(),
    triple: new Pending(),
    interaction: new Pending(),
    link: new Pending(),
  };
  private copying: Promise<void> = Promise.resolve();

  constructor(
    private readonly client: pg.ClientBase,
    /** Kind of the interactions that state none. */
    private readonly interactionKind: string,
  ) {}

  async create(): Promise<void> {
    await this.client.query(`set temp_buffers = '64MB'`).catch(() => undefined); // refused once they are in use
    await this.drop();
    for (const kind of KINDS) await this.client.query(`create temp table staged_${kind} (${TABLES[kind]})`);
  }

  async drop(): Promise<void> {
    await this.client.query("discard temp");
  }

  /** Takes a record that `assertRecord` has let pass. */
  add(record: ImportRecord): void {
    const pending = this.pending[record.kind];
    pending.rows += `${this.seq++}\t${encodeRow(record, this.interactionKind)}\n`;
    pending.count++;
  }

  /** Copies what has piled up; waits for the copy before, so that reading and copying go on side by side. */
  async drain(atLeast = COPY_AT): Promise<void> {
    for (const kind of KINDS) {
      const pending = this.pending[kind];
      if (pending.rows.length < atLeast) continue;
      await this.copying;
      const { rows } = pending;
      pending.rows = "";
      this.copying = this.copy(kind, rows);
      this.copying.catch(() => undefined); // thrown where it is awaited
    }
  }

  /** Copies the rest and lets the planner know what there is. */
  async finish(): Promise<void> {
    await this.drain(1);
    await this.copying;
    // How many rows there are is what matters: a sample of 3,000 of them is enough.
    await this.client.query("set default_statistics_target = 10");
    for (const kind of KINDS) {
      if (this.pending[kind].count > 0) await this.client.query(`analyze staged_${kind}`);
    }
    await this.client.query("reset default_statistics_target");
  }

  /** Number of records of any kind. */
  get size(): number {
    return this.seq;
  }

  count(): Counts {
    const { entity, relation, triple, interaction } = this.pending;
    return {
      entities: entity.count,
      relations: relation.count,
      triples: triple.count,
      interactions: interaction.count,
    };
  }

  private async copy(kind: Kind, rows: string): Promise<void> {
    const stream = this.client.query(copyFrom(`copy staged_${kind} from stdin`));
    const finished = once(stream, "finish");
    stream.end(Buffer.from(rows));
    await finished;
  }
}

function encodeRow(record: ImportRecord, interactionKind: string): string {
  switch (record.kind) {
    case "entity":
      return [
        cell(record.key),
        cell(record.type),
        cell(record.name),
        record.preference === undefined ? "\\N" : String(record.preference),
        list(record.aliases),
        cell(record.description),
        cell(record.attributes),
        cell(record.isItem),
        cell(record.mergedInto),
      ].join("\t");
    case "attribute":
      return `${cell(record.key)}\t${cell(record.name)}\t${cell(record.value)}`;
    case "relation":
      return [
        cell(record.key),
        cell(record.label),
        cell(record.inverseLabel),
        list(record.domain),
        list(record.range),
        cell(record.maxPerHead),
        cell(record.symmetric),
      ].join("\t");
    case "triple":
      return [
        cell(record.head),
        cell(record.relation),
        cell(record.tail),
        cell(record.confidence),
        cell(record.rank),
        cell(record.qualifiers),
        cell(record.sources),
        time(record.validFrom),
        time(record.validTo),
        cell(record.graph),
      ].join("\t");
    case "interaction":
      return [
        cell(record.user),
        cell(record.item),
        cell(record.interaction ?? interactionKind),
        cell(record.weight ?? "1"),
        time(record.at),
        cell(record.split),
      ].join("\t");
    case "link":
      return `${cell(record.entity)}\t${cell(record.item)}`;
  }
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A cell in COPY's text format. */
function cell(value: Cell): string {
  if (value == null) return "\\N";
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]) : value;
}

/** A text[] literal in COPY's text format. */
function list(values: readonly string[] | null | undefined): string {
  if (values == null) return "\\N";
  return cell(`{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`);
}

/** A time as a timestamptz literal in COPY's text format. */
function time(value: Cell): string {
  return value == null ? "\\N" : rewriteTime(value);
}
