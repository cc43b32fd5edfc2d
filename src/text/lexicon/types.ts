/**
 * How a language says a relation. Phrases are lower-case words; a template is a regular expression with `{head}`,
 * `{tail}` (lists included), `…` for some words between and `{any}` for a few names.
 */
export interface RelationWords {
  /** Labels or keys of the relations that these words are for, as the graph may spell them. */
  readonly labels: readonly string[];
  /** Stand between head and tail, as "directed by". */
  readonly passive?: readonly string[];
  /** Stand between tail and head, as "directed". */
  readonly active?: readonly string[];
  /** What the tail is to the head, as "director". */
  readonly nouns?: readonly string[];
  readonly templates?: readonly string[];
  /** Whether this relation is meant where no word says which: "films by Woody Allen" are those he directed. */
  readonly isImplied?: boolean;
  /** Further words that name the relation in a question, as "direct". */
  readonly cues?: readonly string[];
}

/** What a language calls the entities of a type. */
export interface TypeWords {
  /** Types of entities, as the graph may spell them. */
  readonly types: readonly string[];
  /** As they stand in a question: "films", "who", "电影". */
  readonly words: readonly string[];
  /** In an answer's interpretation: one and many. */
  readonly noun?: readonly [string, string];
}
