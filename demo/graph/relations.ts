/** A relation of the film graph, with the words that sentences are made of. */
export interface FilmRelation {
  readonly key: string;
  /** Reads "because you rated Alien, also directed by Ridley Scott". */
  readonly label: string;
  /** Reads "Ridley Scott directed Alien". */
  readonly inverseLabel: string;
  readonly domain: string;
  readonly range: string;
}

/** The relations of the film graph, all from a film to what it shares with other films. */
export const RELATIONS = [
  relation("directed_by", "directed by", "directed", "person"),
  relation("has_genre", "of the genre", "is the genre of", "genre"),
  relation("told_as", "classed as", "is the class of", "creative_type"),
  relation("based_on", "based on a", "is the basis of", "source"),
  relation("part_of_series", "part of the series", "is the series of", "series"),
  relation("released_in", "released in the", "is the decade of", "decade"),
  relation("distributed_by", "distributed by", "is the distributor of", "company"),
  relation("certified_as", "certified", "is the certificate of", "certificate"),
] as const;

function relation<Key extends string>(key: Key, label: string, inverseLabel: string, range: string) {
  return { key, label, inverseLabel, domain: "movie", range } as const satisfies FilmRelation;
}
