import type { Readable } from "node:stream";
import type { Quad } from "../rdf/Term.ts";
import { copyJSON } from "./copyRows.ts";
import { stateAgent, stateChange, stateVersion } from "./rdf/stateProvenance.ts";
import { writeTurtle } from "./rdf/writeTurtle.ts";
import { readJSONLines } from "./readJSONLines.ts";
import type { Exporter } from "./types.ts";
import { writeWhole } from "./writeFiles.ts";

const AGENTS = "select json_build_array(actor) from change group by actor order by actor"; // index change_actor
// Index change_pkey.
const CHANGES = `
  select json_build_object('revision', revision::text, 'kind', kind, 'actor', actor, 'reason', reason, 'at', at)
    from change order by revision`;
// Index change_row_pkey. The ends of a triple by the keys that they have now, which never change; of deleted ones none.
const ROWS = `
  select json_build_object('revision', x.revision::text, 'at', c.at, 'subject', x.subject, 'id', x.subject_id::text,
      'before', x.before, 'after', x.after,
      'ends', case when x.subject = 'triple' then json_build_array(h.key, r.key, t.key) end)
    from change_row x join change c on c.revision = x.revision
    left join entity h on h.id = x.head_id left join entity t on t.id = x.tail_id
    left join relation r on x.subject = 'triple' and r.id = (coalesce(x.after, x.before)->>'relation_id')::int
   order by x.revision, x.id`;

/**
 * Exports the log of changes as PROV-O, in Turtle, streaming: an activity per change, an agent per actor, and each
 * version of an entity, relation or triple with the change that made it and the one that ended it.
 * @see https://www.w3.org/TR/prov-o/
 */
export const exportProv: Exporter = async ({ client, to, onBytes }) => {
  const writer = writeTurtle({ graphs: false });
  const part = <Row>(query: string, state: (row: Row) => readonly Quad[]) =>
    async function* () {
      for await (const rows of readJSONLines<Row>(copyJSON(client, query) as Readable)) {
        yield writer.write(rows.flatMap(state));
      }
    };
  const sources = [
    async function* () {
      yield writer.begin();
    },
    part(AGENTS, stateAgent),
    part(CHANGES, stateChange),
    part(ROWS, stateVersion),
    async function* () {
      yield writer.end();
    },
  ];
  await writeWhole(to, sources, (bytes) => onBytes("changes", bytes));
  return [to];
};
