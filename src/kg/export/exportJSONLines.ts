import { copyJSON } from "./copyRows.ts";
import type { Exporter } from "./types.ts";
import { writeWhole } from "./writeFiles.ts";

/** One query per kind of record, each row as the import reads it from JSONL. */
const QUERIES: Readonly<Record<string, string>> = {
  relations: `
    select json_build_object('kind', 'relation', 'key', key, 'label', label, 'inverseLabel', inverse_label,
      'domain', domain, 'range', range, 'maxPerHead', max_per_head, 'symmetric', is_symmetric)
      from relation order by key`,
  entities: `
    select json_build_object('kind', 'entity', 'key', e.key, 'type', e.type, 'name', e.name, 'aliases', e.aliases,
      'description', e.description, 'attributes', e.attributes, 'isItem', e.is_item, 'mergedInto', survivor.key)
      from entity e left join entity survivor on survivor.id = e.merged_into order by e.key`,
  triples: `
    select json_build_object('kind', 'triple', 'head', h.key, 'relation', r.key, 'tail', t.key,
      'confidence', x.confidence, 'rank', x.rank, 'qualifiers', x.qualifiers, 'sources', x.sources,
      'validFrom', x.valid_from, 'validTo', x.valid_to)
      from triple x join entity h on h.id = x.head_id join relation r on r.id = x.relation_id
      join entity t on t.id = x.tail_id order by x.head_id, x.relation_id, x.tail_id`,
  interactions: `
    select json_build_object('kind', 'interaction', 'user', i.user_key, 'item', e.key, 'interaction', i.kind,
      'weight', i.weight, 'at', i.at, 'split', i.split)
      from interaction i join entity e on e.id = i.item_id order by i.id`,
};

/** Exports to one file of JSON lines, each a record that says its kind; the import reads it without a mapping. */
export const exportJSONLines: Exporter = async ({ client, to, onBytes }) => {
  let current = "";
  const sources = Object.entries(QUERIES).map(([what, query]) => () => {
    current = what;
    return copyJSON(client, query);
  });
  await writeWhole(to, sources, (bytes) => onBytes(current, bytes));
  return [to];
};
