/** What the source says wrongly or unreadably about one film, by its cleaned title and year there. */
export interface Correction {
  readonly name?: string;
  readonly year?: number;
  readonly director?: string;
  /** Never made or never shown: left out. */
  readonly unreleased?: true;
}

/**
 * Facts set right by hand. The source is known for its mistakes: impossible dates are repaired by rule (see
 * `cleanDate`), the rest stands here. A year is also set where the source has a later release in the USA that
 * would move the film to another decade.
 */
export const CORRECTIONS: Readonly<Record<string, Correction>> = {
  "Good Will Hunting (1987)": { year: 1997 },
  "Pink Flamingos (1997)": { year: 1972 },
  "High Plains Drifter (1972)": { year: 1973 },
  "The Deer Hunter (1979)": { year: 1978 },
  "The Evil Dead (1983)": { year: 1981 },
  "Mad Max (1980)": { year: 1979 },
  "The Molly Maguires (undated)": { year: 1970 },
  "The Magic Flute (undated)": { year: 2006 },
  "Ramanujan (2007)": { unreleased: true },
  "Drei (undated)": { year: 2010, name: "Three" },
  "Gone with the Wind (1939)": { director: "Victor Fleming" },
  "The Wizard of Oz (1939)": { director: "Victor Fleming" },
  "The Greatest Story Ever Told (1965)": { director: "George Stevens" },
  "Superman II (1981)": { director: "Richard Lester" },
  "Supernova (2000)": { director: "Walter Hill" },
  "Chuck&Buck (2000)": { director: "Miguel Arteta", name: "Chuck & Buck" },
  "Monsters, Inc. (2001)": { director: "Pete Docter" },
  "The Road to El Dorado (2000)": { director: "Bibo Bergeron" },

  "Shichinin no samurai (1956)": { name: "Seven Samurai", year: 1954 },
  "Per un pugno di dollari (1967)": { name: "A Fistful of Dollars", year: 1964 },
  "Per qualche dollaro in più (1967)": { name: "For a Few Dollars More", year: 1965 },
  "Il buono, il brutto, il cattivo (1967)": { name: "The Good, the Bad and the Ugly", year: 1966 },
  "C'era una volta il West (1969)": { name: "Once Upon a Time in the West", year: 1968 },
  "Le Fabuleux destin d'Amélie Poulain (2001)": { name: "Amélie" },
  "El Laberinto del Fauno (2006)": { name: "Pan's Labyrinth" },
  "Cidade de Deus (2003)": { name: "City of God" },
  "Central do Brasil (1998)": { name: "Central Station" },
  "Mononoke-hime (1999)": { name: "Princess Mononoke" },
  "Nochnoy dozor (2006)": { name: "Night Watch" },
  "Die Unendliche Geschichte (1984)": { name: "The NeverEnding Story" },
  "Se jie (2007)": { name: "Lust, Caution" },
  "Man cheng jin dai huang jin jia (2006)": { name: "Curse of the Golden Flower" },
  "Chinjeolhan geumjassi (2006)": { name: "Lady Vengeance" },
  "Festen (1998)": { name: "The Celebration" },
  "Le Scaphandre et le Papillon (2007)": { name: "The Diving Bell and the Butterfly" },
  "La mala educación (2004)": { name: "Bad Education" },
  "Zwartboek (2007)": { name: "Black Book" },
  "La Guerre du feu (1982)": { name: "Quest for Fire" },
  "Danny the Dog (2005)": { name: "Unleashed" },
  "Banlieue 13 (2006)": { name: "District B13" },
  "Arthur et les Minimoys (2006)": { name: "Arthur and the Invisibles" },
  "Léon (1994)": { name: "Léon: The Professional" },
  "Se7en (1995)": { name: "Seven" },
  "Y Tu Mama Tambien (2002)": { name: "Y tu mamá también" },
  "ET: The Extra-Terrestrial (1982)": { name: "E.T. the Extra-Terrestrial" },
  "Artificial Intelligence: AI (2001)": { name: "A.I. Artificial Intelligence" },
  "War Games (1983)": { name: "WarGames" },
  "Beetle Juice (1988)": { name: "Beetlejuice" },
  "Good Morning Vietnam (1987)": { name: "Good Morning, Vietnam" },
  "The Forgotton (2004)": { name: "The Forgotten" },
  "G.I.Jane (1997)": { name: "G.I. Jane" },
  "Romeo+Juliet (1996)": { name: "Romeo + Juliet" },
  "Go! (1999)": { name: "Go" },
};

/** Names of people as they are credited, by the name in the source; the source's form stays as an alias. */
export const PEOPLE: Readonly<Record<string, string>> = {
  "Alejandro Gonzalez Inarritu": "Alejandro González Iñárritu",
  "Alfonso Cuaron": "Alfonso Cuarón",
  "Andy Wachowski": "The Wachowskis",
  "Chan-wook Park": "Park Chan-wook",
  "Danny De Vito": "Danny DeVito",
  "David Goyer": "David S. Goyer",
  "Guillermo Del Toro": "Guillermo del Toro",
  "Jack Lee Thompson": "J. Lee Thompson",
  'Jeff ""King Jeff"" Hollins': 'Jeff "King Jeff" Hollins',
  "Joseph McGinty Nichol": "McG",
  "Katia Lund": "Kátia Lund",
  "Kevin MacDonald": "Kevin Macdonald",
  "Lars Von Trier": "Lars von Trier",
  "Lasse Hallstrom": "Lasse Hallström",
  "Milos Forman": "Miloš Forman",
  "Oxide Pang Chun": "Oxide Pang",
  "Paul Anderson": "Paul W. S. Anderson",
  "Pedro Almodovar": "Pedro Almodóvar",
  "Roland Joffe": "Roland Joffé",
  "Sammo Hung Kam-Bo": "Sammo Hung",
  "Sir Richard Attenborough": "Richard Attenborough",
  "Yimou Zhang": "Zhang Yimou",
};
