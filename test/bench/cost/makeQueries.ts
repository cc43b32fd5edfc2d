/** A generated query, and of which kind it is. */
export interface CostQuery {
  readonly kind: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Keys of what is in the graph, for arguments. */
export interface Names {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly entities: readonly string[];
  readonly types: readonly string[];
  readonly ids: readonly string[];
  /** Of names of items, to search for. */
  readonly words: readonly string[];
}

/** Gives numbers from 0 to 1, the same ones for the same seed. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Makes queries such as pages ask for: every kind of root field, sizes of all orders, nested or not. */
export function makeQueries(names: Names, count: number, seed = 6): CostQuery[] {
  const random = makeRandom(seed);
  const make = new QueryMaker(names, random);
  const kinds = Object.keys(KINDS);
  return Array.from({ length: count }, (_, index) => make.make(kinds[index % kinds.length]));
}

const KINDS: Readonly<Record<string, (make: QueryMaker) => string>> = {
  entities: (m) =>
    `entities(first: $n, filter: { types: ["${m.pick("types")}"] }) { nodes { ${m.entity(2)} } }`,
  "entities by name": (m) =>
    `entities(first: $n, orderBy: NAME_DESC) { edges { cursor node { ${m.entity(1)} } } }`,
  search: (m) =>
    `entities(first: $n, search: "${m.word()}", orderBy: RELEVANCE) { nodes { ${m.entity(1)} } }`,
  entity: (m) => `entity(by: { key: "${m.pick("entities")}" }) { ${m.entity(3)} }`,
  nodes: (m) => `nodes(ids: [${m.some("ids")}]) { id ... on Entity { ${m.entity(1)} } }`,
  triples: (m) =>
    `triples(first: $n) { nodes { confidence head { ${m.entity(0)} } relation { label } tail { ${m.entity(1)} } } }`,
  relations: (m) => `relations(first: $n) { nodes { key label ${m.maybe("tripleCount")} } }`,
  changes: () => `changes(first: $n) { nodes { revision kind actor at reason } }`,
  recommendations: (m) =>
    `recommendations(user: "${m.pick("users")}", first: $n) { edges { node { ${m.recommendation()} } } }`,
  interests: (m) =>
    `recommendations(interests: ["${m.pick("items")}"], first: $n) { edges { node { ${m.recommendation()} } } }`,
  popular: (m) => `popularItems(first: $n) { nodes { ${m.recommendation()} } }`,
  similar: (m) =>
    `similarItems(item: { key: "${m.pick("items")}" }, first: $n) { score item { ${m.entity(1)} } ${m.maybe(`evidence(first: ${m.size(10)}) { ${m.evidence()} }`)} }`,
  explanation: (m) =>
    `explanation(user: "${m.pick("users")}", item: { key: "${m.pick("items")}" }) { ${m.explanation(50)} }`,
  paths: (m) =>
    `paths(from: { key: "${m.pick("items")}" }, to: { key: "${m.pick("items")}" }, maxLength: ${1 + m.size(3)}, first: $n) { ${m.path()} }`,
  "several at once": (m) =>
    Array.from(
      { length: m.size(8) },
      (_, i) => `e${i}: entity(by: { key: "${m.pick("entities")}" }) { ${m.entity(2)} }`,
    ).join(" "),
};

class QueryMaker {
  constructor(
    private readonly names: Names,
    private readonly random: () => number,
  ) {}

  make(kind: string): CostQuery {
    const n = this.size(100);
    const fields = KINDS[kind](this);
    const head = fields.includes("$n") ? "query ($n: Int!)" : "query";
    return { kind, query: `${head} { ${fields} }`, variables: fields.includes("$n") ? { n } : {} };
  }

  /** From 1 to `most`, small ones more often than large ones. */
  size(most: number): number {
    return Math.max(1, Math.round(most * this.random() ** 2));
  }

  pick(name: keyof Names): string {
    const from = this.names[name];
    return from[Math.floor(this.random() * from.length)];
  }

  some(name: keyof Names): string {
    return Array.from({ length: this.size(100) }, () => JSON.stringify(this.pick(name))).join(", ");
  }

  word(): string {
    return this.pick("words");
  }

  maybe(part: string): string {
    return this.random() < 0.5 ? part : "";
  }

  entity(depth: number): string {
    const own = `key name ${this.maybe("type")} ${this.maybe("description aliases attributes")}`;
    const loads = `${this.random() < 0.2 ? "degree" : ""} ${this.random() < 0.1 ? "mergedKeys" : ""}`;
    if (depth === 0 || this.random() < 0.3) return own;
    const inner = `triples(first: ${this.size(20)}) { nodes { relation { label } tail { ${this.entity(depth - 1)} } } }`;
    return `${own} ${loads} ${inner}`;
  }

  recommendation(): string {
    return `rank score item { ${this.entity(1)} } ${this.maybe(`explanation { ${this.explanation(10)} }`)}`;
  }

  explanation(most: number): string {
    const told = `${this.maybe("sentence")} ${this.maybe("components { kind value }")}`;
    return `score ${told} ${this.maybe(`evidence(first: ${this.size(most)}) { ${this.evidence()} }`)}`;
  }

  evidence(): string {
    return `attention contribution ${this.maybe("sentence")} ${this.maybe(`path { ${this.path()} }`)}`;
  }

  path(): string {
    return `length steps { kind weight from { name } to { name } ${this.maybe("relation { label }")} ${this.maybe("triple { confidence }")} }`;
  }
}
