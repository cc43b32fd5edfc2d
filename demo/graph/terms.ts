/** How a word of the source is shown: its name in the graph and, where it helps, what it means. */
export interface Term {
  readonly name: string;
  readonly description?: string;
}

/** The source's words that are shown under another name; the source's word stays as an alias. */
export const TERMS: Readonly<Record<string, Term>> = {
  "Contemporary Fiction": { name: "Contemporary Fiction", description: "An invented story of its own time." },
  "Historical Fiction": { name: "Historical Fiction", description: "An invented story of a past time." },
  Dramatization: { name: "Dramatization", description: "A true story, told with actors." },
  "Kids Fiction": { name: "Children's Fiction", description: "An invented story for children." },
  "Super Hero": { name: "Superhero Fiction", description: "A story of heroes with more than human powers." },
  Factual: { name: "Factual Account", description: "A true story, told by those whom it happened to." },

  "Based on Book/Short Story": { name: "Book or Short Story" },
  "Based on Real Life Events": { name: "True Story" },
  "Based on TV": { name: "Television Programme" },
  "Based on Comic/Graphic Novel": { name: "Comic or Graphic Novel" },
  "Based on Play": { name: "Play" },
  "Based on Game": { name: "Game" },
  "Based on Magazine Article": { name: "Magazine Article" },
  "Based on Musical/Opera": { name: "Musical or Opera" },
  "Based on Short Film": { name: "Short Film" },
  "Based on Factual Book/Article": { name: "Factual Book or Article" },
  "Based on Toy": { name: "Toy" },
  "Traditional/Legend/Fairytale": { name: "Legend or Fairy Tale" },
  "Original Screenplay": { name: "New Screenplay" },
  "Disney Ride": { name: "Theme Park Ride" },
  "Spin-Off": { name: "Character of Another Film" },
  Remake: { name: "Previous Film" },

  "Thriller/Suspense": { name: "Thriller", description: "Thriller and suspense." },

  G: { name: "G", description: "MPAA rating G: general audiences, all ages admitted." },
  PG: { name: "PG", description: "MPAA rating PG: parental guidance suggested." },
  "PG-13": { name: "PG-13", description: "MPAA rating PG-13: parents strongly cautioned." },
  R: { name: "R", description: "MPAA rating R: under 17 only with a parent or guardian." },
  "NC-17": { name: "NC-17", description: "MPAA rating NC-17: no one 17 and under admitted." },
};
