import type { RelationWords, TypeWords } from "./types.ts";

const FILM = "(?:films?|movies?|pictures?|classic|feature)";

/** English phrases of common relations; a graph's own labels are phrases too, and need no entry here. */
export const ENGLISH_RELATIONS: readonly RelationWords[] = [
  {
    labels: ["directed by", "director", "directed_by"],
    isImplied: true,
    passive: ["directed by", "helmed by", "dir", "a film by", "made by", "shot by"],
    active: ["directed", "directs", "helmed", "made", "went on to direct", "has directed"],
    nouns: ["director"],
    templates: ["{tail} s{any} {head}", "{head} from director {tail}"],
    cues: ["direct", "directing", "helm", "directors", "make", "made", "filmmaker", "filmmakers"],
  },
  {
    labels: ["of the genre", "has genre", "genre", "has_genre"],
    passive: ["of the genre", "belongs to the genre"],
    templates: [
      `{head} (?:is|was|remains)(?: (?:a|an|the|one))?(?: (?:\\d{4}|of|[a-z]+)){0,2}? {tail}(?: ${FILM})?`,
      `{head} , (?:a|an|the)(?: (?:\\d{4}|[a-z]+)){0,2}? {tail}(?: ${FILM})?`,
      `(?:the|a|an)(?: (?:\\d{4}|[a-z]+))? {tail} ${FILM} {head}`,
      "(?:the|a|an|s)(?: \\d{4})? {tail} {head}",
    ],
    cues: ["genre", "genres", "kind of film", "kind of movie", "type of film", "kinds of films"],
  },
  {
    labels: ["classed as", "told_as", "creative type"],
    passive: ["classed as", "counts as"],
    templates: [
      `{head} (?:is|was|remains)(?: (?:a|an|the|one))?(?: (?:\\d{4}|of|[a-z]+)){0,2}? {tail}(?: ${FILM})?`,
      `{head} , (?:a|an|the)(?: (?:\\d{4}|[a-z]+)){0,2}? {tail}(?: ${FILM})?`,
      `(?:the|a|an)(?: (?:\\d{4}|[a-z]+))? {tail} ${FILM} {head}`,
      "(?:the|a|an|s)(?: \\d{4})? {tail} {head}",
    ],
    cues: ["class", "classes", "classed"],
  },
  {
    labels: ["based on a", "based on", "based_on"],
    passive: ["based on", "adapted from", "adaptation of", "drawn from", "taken from"],
    templates: ["{head} (?:is|was) (?:a|an) {tail}(?: of)?"],
    cues: ["source", "sources", "adapted"],
  },
  {
    labels: ["part of the series", "part of series", "part_of_series"],
    passive: ["part of", "belongs to", "an entry in", "a chapter of", "an instalment of", "an instalment in"],
    templates: [
      "{head} (?:is|was)(?: [a-z0-9]+){0,3} (?:films?|movies?|part|instalment|installment|entry|chapter) (?:of|in) {tail}",
      "{tail} (?:series|franchise|saga) (?:includes|contains|began with|opened with|started with) {head}",
    ],
    cues: ["series", "franchise", "saga", "belong to"],
  },
  {
    labels: ["released in the", "released in", "released_in"],
    passive: ["released in", "came out in", "premiered in", "opened in", "appeared in", "from"],
    cues: ["when", "decade", "decades", "released", "come out"],
  },
  {
    labels: ["distributed by", "distributor", "distributed_by"],
    passive: ["distributed by", "released by", "put out by", "released through", "distributed through"],
    active: ["distributed", "distributes", "released", "put out", "brought"],
    nouns: ["distributor"],
    templates: ["{head}…\\breleased (?:in|on) [^;,]{1,30}? by {tail}"],
    cues: ["distribute", "distributing", "release", "distributors", "put out"],
  },
  {
    labels: ["certified", "certified as", "certified_as", "rated"],
    passive: ["certified", "rated", "certified as"],
    templates: [
      "{head} (?:got|received|has|had|carries|carried|earned|was given|bears)(?: (?:a|an|the|its))? {tail} (?:rating|certificate)",
      "{tail} rated(?: (?:\\d{4}|[a-z]+)){0,2} {head}",
    ],
    cues: ["certificate", "certificates", "rating"],
  },
  {
    labels: ["starring", "stars", "cast member", "cast"],
    passive: ["starring", "stars", "starred", "features", "featuring"],
    active: ["starred in", "stars in", "appears in", "appeared in", "acted in", "plays in", "played in"],
    nouns: ["star"],
    cues: ["star", "star in", "appear in", "act in", "play in", "actor", "actors", "actress", "cast"],
  },
];

/** English words for common types. */
export const ENGLISH_TYPES: readonly TypeWords[] = [
  {
    types: ["movie", "film"],
    words: ["film", "films", "movie", "movies", "picture", "pictures"],
    noun: ["film", "films"],
  },
  { types: ["person"], words: ["who", "whom", "person", "people"], noun: ["person", "people"] },
  {
    types: ["company"],
    words: ["company", "companies", "studio", "studios", "who"],
    noun: ["company", "companies"],
  },
  { types: ["genre"], words: ["genre", "genres"] },
  { types: ["creative_type"], words: ["class", "classes"], noun: ["class", "classes"] },
  { types: ["source"], words: ["source", "sources"] },
  { types: ["series"], words: ["series", "franchise", "franchises"], noun: ["series", "series"] },
  { types: ["decade"], words: ["decade", "decades", "when"] },
  { types: ["certificate"], words: ["certificate", "certificates", "rating", "ratings"] },
];

/** Words of a question that ask and say no more. */
export const ENGLISH_ASKING = `
  which what who whom whose when where how many did does do is are was were has have had been be the a an of by in on for
  and to that by with s as at from it its their his her there any all me tell show list name find give please also ever
  these those this they he she can you could i out work worked kind type`;
