/** A layout of films with 5 triples and 5 ratings each; 2,000 of them are a second or two of work. */
export function makeFilms(count: number): Record<string, string> {
  const numbers = Array.from({ length: count }, (_, film) => film);
  const triples = numbers.flatMap((film) =>
    [0, 1, 2, 3, 4].map((one) => `movie:${film}\tstarring\tperson:${(film * 7 + one * 13) % 3001}\n`),
  );
  const ratings = numbers.flatMap((film) =>
    [0, 1, 2, 3, 4].map((one) => `u${(film + one * 17) % 500}\tmovie:${film}\t${one}\t${film}\n`),
  );
  return {
    "items.tsv": `item\tname\n${numbers.map((film) => `movie:${film}\tFilm ${film}\n`).join("")}`,
    "triples.tsv": `head\trelation\ttail\n${triples.join("")}`,
    "interactions.tsv": `user\titem\tvalue\ttimestamp\n${ratings.join("")}`,
  };
}
