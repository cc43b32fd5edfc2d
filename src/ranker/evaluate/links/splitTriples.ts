import type { TripleColumns } from "../../embed/types.ts";
import { shuffle } from "../../optimise/shuffle.ts";
import { Random } from "../../random.ts";

/** Triples in three parts. */
export interface TripleSplit {
  readonly train: TripleColumns;
  readonly valid: TripleColumns;
  readonly test: TripleColumns;
}

/**
 * Holds a share of the triples out for validation and another for the test, drawn by the seed. What is held
 * out leaves each of its entities and its relation at least one triple in train, so that a sparse graph holds
 * out less than was asked for.
 */
export function splitTriples(
  triples: TripleColumns,
  { seed, valid, test }: { readonly seed: number; readonly valid: number; readonly test: number },
): TripleSplit {
  const { head, relation, tail } = triples;
  const degree = new Int32Array(triples.entities);
  const uses = new Int32Array(triples.relations);
  for (let index = 0; index < head.length; index++) {
    degree[head[index]]++;
    degree[tail[index]]++;
    uses[relation[index]]++;
  }
  const limits = [Math.round(valid * head.length), Math.round(test * head.length)];
  const parts: number[][] = [[], [], []];
  for (const index of shuffle(Int32Array.from(head.keys()), new Random(seed))) {
    const part = limits.findIndex((limit, at) => parts[at].length < limit);
    const spare =
      head[index] === tail[index]
        ? degree[head[index]] > 2
        : Math.min(degree[head[index]], degree[tail[index]]) > 1;
    if (part < 0 || !spare || uses[relation[index]] <= 1) {
      parts[2].push(index);
      continue;
    }
    parts[part].push(index);
    degree[head[index]]--;
    degree[tail[index]]--;
    uses[relation[index]]--;
  }
  const [validPart, testPart, train] = parts.map((rows) =>
    selectRows(
      triples,
      rows.sort((a, b) => a - b),
    ),
  );
  return { train, valid: validPart, test: testPart };
}

/** Selects rows of the columns. */
export function selectRows(
  { entities, relations, head, relation, tail }: TripleColumns,
  rows: readonly number[],
): TripleColumns {
  const select = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]);
  return { entities, relations, head: select(head), relation: select(relation), tail: select(tail) };
}
