import { DomainError } from "../../errors.ts";
import { findEntitiesByKeys } from "../../kg/queries/findEntitiesByKeys.ts";
import type { Matching } from "./matchQueries.ts";
import { type Property, readProperty, tellProperty } from "./properties.ts";
import type { Column, ExtendedColumn, PropertyValue } from "./types.ts";
import { valuesOf } from "./valuesOf.ts";

const MOST_IN_A_CELL = 1_000;
const MOST_IN_ALL = 50_000;

/**
 * Reads what the graph says about entities: for each column, the values of its property for each of `ids`, at most
 * 1,000 of one. One SQL statement; the id of a merged entity leads to its survivor, an unknown one to nothing.
 * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have, or over 50,000 values in all
 */
export async function extendEntities(
  ids: readonly string[],
  columns: readonly Column[],
  { db, graph, names }: Matching,
): Promise<ExtendedColumn[]> {
  const properties = columns.map(({ property }) => readProperty(property, graph));
  const entities = await findEntitiesByKeys(db, [...new Set(ids)]);
  let left = MOST_IN_ALL;
  return columns.map(({ limit, content }, place) => {
    const property = properties[place];
    const most = limit > 0 ? Math.min(limit, MOST_IN_A_CELL) : MOST_IN_A_CELL;
    const values = ids.map((id) => {
      const entity = entities.get(id);
      const index = graph.indexOf(entity?.id ?? "");
      if (!entity || index < 0) return [];
      const subject = { index, attributes: entity.attributes };
      const { values: found } = valuesOf(property, subject, { graph, names, most });
      left -= found.length;
      if (left < 0) throw tooMany(ids.length, columns.length);
      return found.map((value) => as(content, value));
    });
    return {
      property: tellProperty(property),
      type: content === "entity" ? onlyType(property) : null,
      values,
    };
  });
}

function as(content: Column["content"], value: PropertyValue): PropertyValue {
  if (content === "entity" || !("key" in value)) return value;
  return { literal: content === "id" ? value.key : value.name };
}

function onlyType(property: Property): string | null {
  if (property.kind === "ATTRIBUTE") return null;
  const types = property.direction === "OUT" ? property.relation.range : property.relation.domain;
  return types?.length === 1 ? types[0] : null;
}

function tooMany(ids: number, columns: number): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `${ids} entities have more than ${MOST_IN_ALL} values of ${columns} properties; expected fewer: ask for fewer entities at once, or set a limit`,
  );
}
