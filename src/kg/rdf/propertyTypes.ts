import { NAMESPACES } from "./vocabulary.ts";

const { rdf, owl } = NAMESPACES;

export const SYMMETRIC = `${owl}SymmetricProperty`;

/** Classes of RDF and OWL whose members are relations. */
export const PROPERTY_TYPES: ReadonlySet<string> = new Set([
  ...[`${rdf}Property`, `${owl}ObjectProperty`, `${owl}DatatypeProperty`, SYMMETRIC],
  ...["Functional", "InverseFunctional", "Transitive", "Asymmetric", "Reflexive", "Irreflexive"].map(
    (kind) => `${owl}${kind}Property`,
  ),
]);
