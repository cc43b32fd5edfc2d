/** The JSON schema of a model's answer: only these relations, all fields required, none besides. */
export function tripleSchema(relations: readonly string[]): object {
  const triple = {
    type: "object",
    properties: {
      head: { type: "string" },
      relation: { type: "string", enum: relations },
      tail: { type: "string" },
      quote: { type: "string" },
    },
    required: ["head", "relation", "tail", "quote"],
    additionalProperties: false,
  };
  return {
    type: "object",
    properties: { triples: { type: "array", items: triple } },
    required: ["triples"],
    additionalProperties: false,
  };
}
