import { Ajv, type ValidateFunction } from "ajv";

const text = { type: "string" };
const named = {
  type: "object",
  required: ["id", "name"],
  properties: { id: text, name: text, description: text },
};
const listOf = (items: object) => ({ type: "array", items });
const only = (name: string, schema: object) => ({
  ...{ type: "object", required: [name], properties: { [name]: schema }, additionalProperties: false },
});
const answers = (items: object) => ({
  ...{ type: "object", required: ["result"], properties: { result: listOf(items) } },
});
/** A type is told by its id and name, or by its id. */
const typeOrId = {
  oneOf: [{ type: "object", required: ["id"], properties: { id: text, name: text } }, text],
};
const uri = { type: "string", pattern: '^[a-z][a-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$' };
const template = { type: "string", pattern: "\\{\\{id\\}\\}" };
const service = { type: "object", properties: { service_url: text, service_path: text } };
const DATE_TIME =
  "^(-?(?:[1-9][0-9]*)?[0-9]{4})-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\\.[0-9]+)?(Z|[+-](?:2[0-3]|[01][0-9]):[0-5][0-9])?$";

/** What the specification's schemas of version 0.2 demand of each answer, in our words. */
const SCHEMAS = {
  manifest: {
    type: "object",
    required: ["versions", "name", "identifierSpace", "schemaSpace"],
    properties: {
      versions: { ...listOf(text), contains: { const: "0.2" } },
      ...{ name: text, documentation: text, serviceVersion: text, logo: text },
      ...{ identifierSpace: uri, schemaSpace: uri },
      view: { type: "object", required: ["url"], properties: { url: template } },
      feature_view: { type: "object", required: ["url"], properties: { url: template } },
      defaultTypes: { ...listOf(named), uniqueItems: true },
      suggest: { type: "object", properties: { entity: service, property: service, type: service } },
      preview: {
        ...{ type: "object", required: ["url", "width", "height"] },
        properties: { url: template, width: { type: "integer" }, height: { type: "integer" } },
      },
      batchSize: { type: "integer", minimum: 1 },
      extend: {
        type: "object",
        properties: {
          propose_properties: service,
          property_settings: listOf({
            ...{ type: "object", required: ["type", "label", "name"] },
            properties: {
              type: { enum: ["number", "text", "checkbox", "select"] },
              label: text,
              name: text,
              help_text: text,
            },
            if: { properties: { type: { const: "select" } } },
            // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
            then: { required: ["choices"], properties: { choices: listOf(pair("value", "name")) } },
          }),
        },
      },
      // Swagger 2's security definition of an API key.
      authentication: {
        ...{ type: "object", required: ["type", "name", "in"], additionalProperties: false },
        properties: {
          type: { const: "apiKey" },
          name: text,
          in: { enum: ["header", "query"] },
          description: text,
        },
      },
    },
  },
  results: {
    type: "object",
    additionalProperties: answers({
      ...{ type: "object", required: ["id", "name", "score"] },
      properties: {
        ...{
          id: { type: "string", minLength: 1 },
          name: { type: "string", minLength: 1 },
          description: text,
        },
        ...{ score: { type: "number" }, match: { type: "boolean" }, type: listOf(typeOrId) },
        features: listOf({
          ...{ type: "object", required: ["id", "value"] },
          properties: { id: text, value: { type: ["boolean", "number"] } },
        }),
      },
    }),
  },
  suggestEntities: answers({ ...named, properties: { ...named.properties, notable: listOf(typeOrId) } }),
  suggestTypes: answers(named),
  suggestProperties: answers(named),
  proposal: {
    ...{ type: "object", required: ["type", "properties"] },
    properties: { type: text, limit: { type: "integer" }, properties: listOf(named) },
  },
  extension: {
    type: "object",
    required: ["rows", "meta"],
    properties: {
      meta: listOf({
        ...{ type: "object", required: ["id", "name"] },
        properties: {
          id: text,
          name: text,
          type: { type: "object", required: ["id"], properties: { id: text, name: text } },
        },
      }),
      rows: {
        type: "object",
        additionalProperties: {
          type: "object",
          additionalProperties: listOf({
            oneOf: [
              { type: "object", additionalProperties: false },
              { ...named, additionalProperties: false },
              only("str", text),
              only("float", { type: "number" }),
              only("int", { type: "integer" }),
              only("date", { type: "string", pattern: DATE_TIME }),
            ],
          }),
        },
      },
    },
  },
} as const;

function pair(a: string, b: string): object {
  return { type: "object", required: [a, b], properties: { [a]: text, [b]: text } };
}

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
const compiled = new Map<string, ValidateFunction>();

/** The faults of an answer by the specification; none where it is as it should be. */
export function faultsOf(schema: keyof typeof SCHEMAS, answer: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(SCHEMAS[schema]);
  compiled.set(schema, validate);
  validate(answer);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
