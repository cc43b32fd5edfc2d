import type { Shape } from "../types.ts";

/** The columns of a shape, of a table or subquery named `s`, under their names in the domain. */
export const SHAPE_COLUMNS = `s.id, s.key, s.type, s.attribute, s.relation_id as "relationId", s.direction,
  s.min_count as "minCount", s.max_count as "maxCount", s.datatype, s.pattern, s.flags,
  s.min_length as "minLength", s.max_length as "maxLength", s.minimum, s.maximum, s.allowed,
  s.node_types as "nodeTypes", s.inverse_id as "inverseId", s.severity, s.message, s.revision`;

/** Copies a shape out of a row that may have more columns. */
export function readShape(row: Shape): Shape {
  return {
    id: row.id,
    key: row.key,
    type: row.type,
    attribute: row.attribute,
    relationId: row.relationId,
    direction: row.direction,
    minCount: row.minCount,
    maxCount: row.maxCount,
    datatype: row.datatype,
    pattern: row.pattern,
    flags: row.flags,
    minLength: row.minLength,
    maxLength: row.maxLength,
    minimum: row.minimum,
    maximum: row.maximum,
    allowed: row.allowed,
    nodeTypes: row.nodeTypes,
    inverseId: row.inverseId,
    severity: row.severity,
    message: row.message,
    revision: row.revision,
  };
}
