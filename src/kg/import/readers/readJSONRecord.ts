import { BadRow } from "../badRow.ts";
import type { Cell, ImportRecord } from "../types.ts";

/** Reads one record as the JSONL export writes it: {"kind": "entity", "key": "movie:1", …}. */
export function readJSONRecord(value: Readonly<Record<string, unknown>>): ImportRecord {
  const text = (name: string): Cell => readText(name, value[name]);
  const key = (name: string): string => text(name) ?? "";
  const list = (name: string): readonly string[] | null => readTexts(name, value[name]);
  const json = (name: string): Cell => (value[name] == null ? null : JSON.stringify(value[name]));
  switch (value.kind) {
    case "entity":
      return {
        kind: "entity",
        key: key("key"),
        type: text("type"),
        name: text("name"),
        aliases: list("aliases"),
        description: text("description"),
        attributes: json("attributes"),
        isItem: text("isItem"),
        mergedInto: text("mergedInto"),
      };
    case "relation":
      return {
        kind: "relation",
        key: key("key"),
        label: text("label"),
        inverseLabel: text("inverseLabel"),
        domain: list("domain"),
        range: list("range"),
        maxPerHead: text("maxPerHead"),
        symmetric: text("symmetric"),
      };
    case "triple":
      return {
        kind: "triple",
        head: key("head"),
        relation: key("relation"),
        tail: key("tail"),
        confidence: text("confidence"),
        rank: text("rank"),
        qualifiers: json("qualifiers"),
        sources: json("sources"),
        validFrom: text("validFrom"),
        validTo: text("validTo"),
      };
    case "interaction":
      return {
        kind: "interaction",
        user: key("user"),
        item: key("item"),
        interaction: text("interaction"),
        weight: text("weight"),
        at: text("at"),
        split: text("split"),
      };
    default:
      throw new BadRow(
        `kind is ${JSON.stringify(value.kind)}; expected entity, relation, triple or interaction`,
      );
  }
}

function readText(name: string, value: unknown): Cell {
  if (value == null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new BadRow(`${name} is ${JSON.stringify(value).slice(0, 60)}; expected text`);
}

function readTexts(name: string, value: unknown): readonly string[] | null {
  if (value == null) return null;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value;
  throw new BadRow(`${name} is ${JSON.stringify(value).slice(0, 60)}; expected an array of texts`);
}
