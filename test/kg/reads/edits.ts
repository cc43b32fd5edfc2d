import { RAW_EDITS } from "../snapshot/rawEdits.ts";

const WORDS = ["", "a", "B", "é", "日本", "\u{1F600}", "\uFFEE", "ab", "a b", "Z"];
const word = (number: string) => `(array['${WORDS.join("','")}'])[1 + ${number} % ${WORDS.length}]`;
/** Edits past all checks, of what is read of rows too. */
export const EDITS = [
  ...RAW_EDITS,
  `update entity set name = ${word("$1")} || ${word("$2")}, revision = revision + 1 where id = (select pick('entity', $1))`,
  `update entity set aliases = array[${word("$2")}, 'x'], description = nullif(${word("$1")}, '') where id = (select pick('entity', $1))`,
  `update entity set attributes = jsonb_build_object('n', $2 / 4.0, 'w', ${word("$2")}) where id = (select pick('entity', $1))`,
  `update entity e set key = e.key || $2 where id = (select pick('entity', $1))`,
  `update triple set valid_to = case when valid_to is null then now() + interval '1 day' end
    where id = (select pick('triple', $1)) and $2::int is not null`,
  `update relation set label = ${word("$2")} where id = (select pick('relation', $1))`,
];
