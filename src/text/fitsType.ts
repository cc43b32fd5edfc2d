import type { Gazetteer } from "./Gazetteer.ts";
import type { UnknownName } from "./types.ts";

const PEOPLE = /person|people|human|actor|director|author|artist|writer|musician/i;
const ORGANIZATIONS = /company|organi[sz]ation|studio|publisher|label|distributor|institution/i;
const PLACES = /place|city|country|location|region/i;

/** What a new entity of a type can be named by; CLOSED types take none, as a genre or a decade. */
export function opennessOf(
  type: string,
  gazetteer: Gazetteer,
): "PERSON" | "ORGANIZATION" | "PLACE" | "ITEM" | "CLOSED" {
  if (PEOPLE.test(type)) return "PERSON";
  if (ORGANIZATIONS.test(type)) return "ORGANIZATION";
  if (PLACES.test(type)) return "PLACE";
  return gazetteer.hasItems(type) ? "ITEM" : "CLOSED";
}

/** Tells whether an unknown name may be an entity of a type. */
export function fitsType({ kind, quote }: UnknownName, type: string, gazetteer: Gazetteer): boolean {
  const openness = opennessOf(type, gazetteer);
  if (openness === "CLOSED") return false;
  if (openness === "ITEM") return kind === "TITLE" || kind === "NAME" || kind === "PLACE";
  if (openness === kind) return true;
  // A person's name has two to four words; a company's or a place's may have any number.
  const words = quote.split(/\s+/).length;
  return kind === "NAME" && (openness !== "PERSON" || (words >= 2 && words <= 4 && !/^The /.test(quote)));
}
