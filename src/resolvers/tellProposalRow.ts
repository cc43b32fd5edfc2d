import type { Loaders } from "../context.ts";
import type { ChangeRow, Proposal } from "../kg/types.ts";

/** Tells what accepting a proposal would write, one row of it, in words. */
export async function tellProposalRow(
  { subject, after }: ChangeRow,
  { head, headEntity, relation, tail, tailEntity }: Proposal,
  { entitiesByKey, relationsByKey }: Pick<Loaders, "entitiesByKey" | "relationsByKey">,
): Promise<string> {
  if (subject !== "triple") return `adds the ${after?.type} ${after?.name} (${after?.key})`;
  const [from, by, to] = await Promise.all([
    entitiesByKey.load(head),
    relationsByKey.load(relation),
    entitiesByKey.load(tail),
  ]);
  const name = (known: { readonly name: string } | null, key: string) => known?.name ?? key;
  return `adds ${name(from ?? headEntity, head)} – ${by?.label ?? relation} → ${name(to ?? tailEntity, tail)}`;
}
