/** A relation of the film graph, with the words that sentences are made of. */
export interface FilmRelation {
  readonly key: string;
  /** Reads "Alien, directed by Ridley Scott". */
  readonly label: string;
  /** Reads "Ridley Scott, directed Alien". */
  readonly inverseLabel: string;
  readonly domain: string;
  readonly range: string;
}

/** The relations of the film graph, all from a film to what it shares with other films. */
export const RELATIONS = [
  relation("directed_by", "directed by", "directed", "person"),
  relation("has_genre", "has genre", "genre of", "genre"),
  relation("told_as", "told as", "is how they tell", "creative_type"),
  relation("based_on", "based on a", "is the basis of", "source"),
  relation("part_of_series", "part of the series", "includes", "series"),
  relation("released_in", "released in the", "saw the release of", "decade"),
  relation("distributed_by", "distributed by", "distributed", "company"),
  relation("certified_as", "certified as", "is the certificate of", "certificate"),
] as const;

function relation<Key extends string>(key: Key, label: string, inverseLabel: string, range: string) {
  return { key, label, inverseLabel, domain: "movie", range } as const satisfies FilmRelation;
}
