import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildFilmGraph, type FilmGraph, type FilmItem } from "./graph/buildFilmGraph.ts";
import { RELATIONS } from "./graph/relations.ts";
import { cleanMovies } from "./source/cleanMovies.ts";
import { readMovies } from "./source/readMovies.ts";
import { makeFilmIndex } from "./users/FilmIndex.ts";
import { type Crowd, makeCrowds } from "./users/makeCrowds.ts";
import { nameUsers } from "./users/names.ts";
import { type SimulatedUser, simulateUser } from "./users/simulateUser.ts";
import { writeTable } from "./writeTable.ts";

const SEED = "films";
const USER_COUNT = 250;

export interface DemoCounts {
  readonly items: number;
  readonly entities: number;
  readonly triples: number;
  readonly users: number;
  readonly interactions: number;
}

/**
 * Writes the whole demo to `folder`: real films and the ratings of simulated users to `films/`, what those
 * users like to `truth/`, where no import looks. The same source gives the same bytes.
 */
export async function writeDemo(folder: string): Promise<DemoCounts> {
  const graph = buildFilmGraph(cleanMovies(await readMovies()));
  const index = makeFilmIndex(graph);
  const crowds = makeCrowds(index, SEED);
  const users = nameUsers(USER_COUNT).map((user) => simulateUser(user, { index, crowds }, SEED));
  const [films, truth] = [join(folder, "films"), join(folder, "truth")];
  for (const part of [films, truth]) await mkdir(part, { recursive: true });
  await writeGraph(films, graph);
  await writeRatings(films, users);
  await writeTruth(truth, users, crowds);
  return {
    items: graph.items.length,
    entities: graph.entities.length,
    triples: graph.triples.length,
    users: users.length,
    interactions: users.reduce((sum, { ratings }) => sum + ratings.length, 0),
  };
}

async function writeGraph(folder: string, graph: FilmGraph): Promise<void> {
  await writeTable(
    join(folder, "items.tsv"),
    ["item", "name", "type", "aliases", "attributes"],
    graph.items.map((item) => [item.key, item.film.name, "movie", list(item.film.aliases), describe(item)]),
  );
  await writeTable(
    join(folder, "entities.tsv"),
    ["entity", "name", "type", "aliases", "description"],
    graph.entities.map((entity) => [
      entity.key,
      entity.name,
      entity.type,
      list(entity.aliases),
      entity.description,
    ]),
  );
  await writeTable(
    join(folder, "relations.tsv"),
    ["relation", "label", "inverse_label", "domain", "range"],
    RELATIONS.map(({ key, label, inverseLabel, domain, range }) => [
      key,
      label,
      inverseLabel,
      list([domain]),
      list([range]),
    ]),
  );
  await writeTable(
    join(folder, "triples.tsv"),
    ["head", "relation", "tail"],
    graph.triples.map(({ head, relation, tail }) => [head, relation, tail]),
  );
}

async function writeRatings(folder: string, users: readonly SimulatedUser[]): Promise<void> {
  await writeTable(
    join(folder, "interactions.tsv"),
    ["user", "item", "value", "timestamp", "split"],
    users.flatMap(({ user, ratings }) =>
      ratings.map((rating) => [user, rating.film, rating.value, rating.timestamp, null]),
    ),
  );
}

async function writeTruth(
  folder: string,
  users: readonly SimulatedUser[],
  crowds: readonly Crowd[],
): Promise<void> {
  await writeTable(
    join(folder, "tastes.tsv"),
    ["user", "relation", "entity", "weight"],
    users.flatMap(({ user, tastes }) =>
      tastes.map(({ relation, entity, weight }) => [user, relation, entity, weight]),
    ),
  );
  await writeTable(
    join(folder, "crowds.tsv"),
    ["crowd", "item"],
    crowds.flatMap(({ name, films }) => films.map((film) => [name, film])),
  );
  await writeTable(
    join(folder, "members.tsv"),
    ["user", "crowd"],
    users.flatMap((user) => user.crowds.map(({ name }) => [user.user, name])),
  );
}

/** A list as JSON; an empty cell for none. */
function list(values: readonly string[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}

/** The film's figures as JSON, without those that are not known. */
function describe({ film }: FilmItem): string {
  const { year, released, minutes, budget, gross, imdbRating, imdbVotes, rottenTomatoes } = film;
  const figures = { year, released, minutes, budget, gross, imdbRating, imdbVotes, rottenTomatoes };
  return JSON.stringify(Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null)));
}
