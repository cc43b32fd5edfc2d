/** What a user did, for "you rated Alien" and "people who rated Alien". */
export interface Verb {
  readonly you: string;
  readonly people: string;
}

const PLAIN = verb("interacted with");
const VERBS: ReadonlyMap<string, Verb> = new Map([
  ["rating", verb("rated")],
  ["listen", verb("listened to")],
  ["view", verb("viewed")],
  ["purchase", verb("bought")],
  ["like", verb("liked")],
  ["interest", { you: "are interested in", people: "interacted with" }],
]);

/** Finds the verb of an interaction kind; "interacted with" for one that is not known. */
export function verbOf(kind: string | undefined): Verb {
  return (kind && VERBS.get(kind)) || PLAIN;
}

function verb(past: string): Verb {
  return { you: past, people: past };
}
