import { DomainError } from "../../../errors.ts";
import { formatQuad } from "../../rdf/formatQuad.ts";
import { blankKey } from "../../rdf/keys.ts";
import { makeLiteral } from "../../rdf/makeLiteral.ts";
import type { Literal, Node, Quad, Term } from "../../rdf/Term.ts";
import { BadRow } from "../badRow.ts";
import { decodeUtf8, readBytes } from "../readLines.ts";
import type { OnBytes, SourceFile } from "../types.ts";
import { guardTerms, readGuarded } from "./guardTerms.ts";
import type { ParsedQuad, QuadReader, RdfPlace } from "./readQuads.ts";

const MAX_BYTES = 64 * 1024 * 1024;
/** What says nothing in RDF, and so loses nothing. */
const HARMLESS = new Set(["object with only @id", "empty object"]);

/** What the processor makes of a document. */
interface Processed {
  readonly quads: readonly JSONLDQuad[];
  /** What it leaves out, and why. */
  readonly losses: readonly string[];
}

interface ProcessorEvent {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}

interface JSONLDTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}
interface JSONLDQuad {
  readonly subject: JSONLDTerm;
  readonly predicate: JSONLDTerm;
  readonly object: JSONLDTerm;
  readonly graph: JSONLDTerm;
}

/**
 * Reads JSON-LD 1.1. A document is one value and is read whole, so it may have 64 MiB; no context is ever fetched. What
 * has no meaning as RDF (a property that no context defines, a blank node as a predicate) is rejected, one by one.
 */
export const readJSONLD: QuadReader = async function* (file, place, onBytes) {
  const { quads, losses } = await processDocument(file, place, await readDocument(file, onBytes));
  let line = 0;
  const parse = (one: JSONLDQuad): ParsedQuad => {
    const quad = readQuad(one, place);
    return {
      line: ++line,
      raw: () => (quad instanceof BadRow ? JSON.stringify(one) : formatQuad(quad)),
      quad,
    };
  };
  yield quads.map(parse);
  yield losses.map((reason) => ({ line: ++line, raw: () => "", quad: new BadRow(reason) }));
};

async function readDocument(file: SourceFile, onBytes: OnBytes): Promise<object> {
  let text = "";
  let bytes = 0;
  const chunks = readBytes(file, onBytes);
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) throw fault(file, `it has more than ${MAX_BYTES} bytes; JSON-LD is read whole`);
      yield chunk;
    }
  };
  for await (const part of decodeUtf8(file, counted())) text += part;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw fault(file, (error as Error).message);
  }
  if (typeof document === "object" && document !== null) return document;
  throw fault(file, `it is ${text.slice(0, 60)}, no object and no array`);
}

async function processDocument(file: SourceFile, { base }: RdfPlace, document: object): Promise<Processed> {
  const { default: jsonld } = await import("jsonld"); // large, and seldom needed
  const losses: string[] = [];
  const options = {
    base,
    documentLoader: refuseToLoad,
    eventHandler: ({ event }: { readonly event: ProcessorEvent }) => {
      if (!HARMLESS.has(event.code)) losses.push(tellLoss(event));
    },
  };
  try {
    const expanded = await jsonld.expand(document as never, options as never);
    const dataset: unknown = await jsonld.toRDF(
      guardTerms(expanded) as never,
      {
        ...(options as object),
        skipExpansion: true,
        produceGeneralizedRdf: true,
      } as never,
    );
    return { quads: dataset as JSONLDQuad[], losses };
  } catch (error) {
    throw fault(file, messageOf(error));
  }
}

function tellLoss({ message, details }: ProcessorEvent): string {
  return `${message} ${JSON.stringify(details ?? {})}; expected what has a meaning as RDF`;
}

/** A context on the web could change what a document means from one import to the next, and tells who reads it. */
async function refuseToLoad(url: string): Promise<never> {
  throw new Error(`it refers to ${url}, and nothing is fetched; expected the context inside the document`);
}

function messageOf(error: unknown): string {
  const { message, details } = error as Error & { details?: { cause?: Error; code?: string } };
  return details?.cause?.message ?? message;
}

function fault(file: SourceFile, reason: string): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `cannot read ${file.name}: ${reason}; expected JSON-LD (nothing was imported)`,
  );
}

function readQuad({ subject, predicate, object, graph }: JSONLDQuad, place: RdfPlace): Quad | BadRow {
  const relation = readTerm(predicate, place);
  if (relation.termType !== "NamedNode") {
    return new BadRow("the property is a blank node, which RDF does not allow; expected an IRI");
  }
  return {
    subject: readTerm(subject, place) as Node,
    predicate: relation,
    object: readTerm(object, place),
    graph: graph.termType === "DefaultGraph" ? null : (readTerm(graph, place) as Node),
  };
}

function readTerm({ termType, value, language, datatype }: JSONLDTerm, { name }: RdfPlace): Term {
  if (termType === "BlankNode") return { termType, value: blankKey(name, `[${value.replace("_:b", "")}]`) };
  if (termType !== "Literal") {
    const label = readGuarded("blank", value);
    return label === null
      ? { termType: "NamedNode", value }
      : { termType: "BlankNode", value: blankKey(name, label) };
  }
  const guarded = readGuarded("literal", datatype?.value ?? "");
  if (guarded !== null) return { ...(JSON.parse(guarded) as Literal), value };
  return makeLiteral(value, language ? language : datatype);
}
