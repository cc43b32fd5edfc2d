import { findEntitiesByKeys } from "../../queries/findEntitiesByKeys.ts";
import type { NewEntity, NewTriple, Proposal, Queryable, Source, Triple } from "../../types.ts";
import { writeTriple } from "../addTriple.ts";
import { writeEntity } from "../createEntity.ts";
import type { Written } from "../runEdit.ts";

/**
 * Writes a proposal into an open change: the entities that it brings and the graph still lacks, then its triple.
 * The triple's sources say who proposed it, how it was found, and in which words.
 */
export async function acceptProposal(
  tx: Queryable,
  proposal: Proposal,
  actor: string,
): Promise<Written<Triple>> {
  const brought = [proposal.headEntity, proposal.tailEntity].filter((entity) => entity !== null);
  const known = await findEntitiesByKeys(
    tx,
    brought.map(({ key }) => key),
  );
  const missing = new Map<string, NewEntity>();
  for (const entity of brought) if (!known.has(entity.key)) missing.set(entity.key, entity);
  for (const entity of missing.values()) {
    const written = await writeEntity(tx, entity);
    if ("problems" in written) return written;
  }
  return writeTriple(tx, tripleOf(proposal), actor);
}

function tripleOf(proposal: Proposal): NewTriple {
  const { head, relation, tail, confidence, qualifiers, validFrom, validTo } = proposal;
  return { head, relation, tail, confidence, qualifiers, validFrom, validTo, sources: sourcesOf(proposal) };
}

/** What the proposer named, or the proposer; where words of a text say it, the first source quotes them. */
function sourcesOf({ sources, method, span, proposedBy, proposedAt }: Proposal): Source[] {
  const own: Source = {
    name: proposedBy,
    retrievedAt: proposedAt.toISOString(),
    method: method === "MANUAL" ? "CURATOR" : "EXTRACTION",
  };
  const [first = own, ...rest] = sources;
  return [{ ...first, ...(span ? { quote: span.quote } : {}), proposedBy }, ...rest];
}
