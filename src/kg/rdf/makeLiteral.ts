import type { Literal } from "./Term.ts";
import { DIR_LANG_STRING, LANG_STRING, XSD_STRING } from "./vocabulary.ts";

/** A language with a base direction. */
interface Directional {
  readonly language: string;
  readonly direction?: string;
}

/** Makes a literal as the factories of RDF/JS do: of a language, a language with a direction, or a datatype. */
export function makeLiteral(value: string, of?: string | { readonly value: string } | Directional): Literal {
  const base = { termType: "Literal", value, language: "" } as const;
  if (of === undefined) return { ...base, datatype: XSD_STRING };
  if (typeof of === "string") return { ...base, language: of, datatype: LANG_STRING };
  if ("value" in of) return { ...base, datatype: of.value };
  const { language, direction } = of;
  return direction === "ltr" || direction === "rtl"
    ? { ...base, language, direction, datatype: DIR_LANG_STRING }
    : { ...base, language, datatype: LANG_STRING };
}
