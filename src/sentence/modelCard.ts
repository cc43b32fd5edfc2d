import type { ModelData, ModelRecord } from "../kg/types.ts";

const HOW = `Recommends items by a score that is exactly the sum of its evidence: for each item of a user's history,
paths to the candidate through what other users did, through triples of the graph, and through texts, plus a
part for popularity that is never called evidence. Statistics (degrees, popularity, similarities) are those of
the training; paths are those of the graph of now.`;

const LIMITS = [
  "Its figures are of users with a held-out interaction, in this data; other users may fare differently.",
  "It was fitted on what users did, and repeats their leanings; popularity is shown as its own part.",
  "An explanation says what made the score. It does not say what made the user like something.",
];

const UNFITTED = `# No fitted model

Nothing was fitted yet: items are ranked by the entities that they share with the history, all with the same
weight, and by popularity.
`;

/** Writes the card of a model as Markdown: what it is, what it was fitted on, how well, and how to fit it again. */
export function modelCard(model: ModelRecord | null, active: boolean): string {
  if (!model) return UNFITTED;
  const { id, config, configDigest, dataRevision, metrics, data, digest, createdAt } = model;
  const { seed, ...settings } = config;
  return [
    `# Model ${id}`,
    `Fitted ${createdAt.toISOString()}; it ${active ? "serves now" : "does not serve now"}.`,
    HOW,
    "## Data",
    table(
      ["graph revision", dataRevision],
      [
        ["users", data.users],
        ["items", data.items],
        ["interactions", model.interactions],
        ["entities", data.entities],
        ["triples", data.triples],
        ["split", data.split],
      ],
    ),
    "## Fusion weights",
    "What the first piece of evidence is worth per unit of its mass, by part of the score.",
    table(["part", "weight"], listWeights(data.fusion ?? {})),
    "## Measured on validation",
    table(["metric", "value"], listMetrics(metrics)),
    "## Limits",
    LIMITS.map((limit) => `- ${limit}`).join("\n"),
    "## Fit it again",
    `On graph revision ${dataRevision} and the interactions of then:`,
    block("sh", `whygraph train --seed ${seed ?? 1} --config settings.json`),
    `\`settings.json\` fixes what the search found (leave it out to search again${data.seconds === undefined ? "" : `, ${Math.ceil(data.seconds)} s here`}):`,
    block("json", JSON.stringify(settings, null, 2)),
    `Configuration ${configDigest}, weights ${digest} (SHA-256).`,
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

const SYMBOLS: Readonly<Record<string, string>> = {
  BEHAVIOUR: "W_u, what users did",
  ITEM: "W_I, popularity",
  KNOWLEDGE: "W_K, the graph",
};

/** The three parts that every model has, then its texts and vector sets. */
function listWeights(fusion: ModelData["fusion"]): [string, number][] {
  const parts = [...Object.keys(SYMBOLS).filter((part) => part in fusion)];
  parts.push(...Object.keys(fusion).filter((part) => !(part in SYMBOLS)));
  return parts.map((part) => [SYMBOLS[part] ?? part.replace(/^(TEXT|VECTOR) /, lower), fusion[part]]);
}

function lower(prefix: string): string {
  return prefix.startsWith("TEXT") ? "text: " : "vectors: ";
}

function listMetrics(metrics: ModelRecord["metrics"]): [string, number][] {
  return Object.entries(metrics)
    .filter(([name]) => !name.startsWith("weight."))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

type Cell = string | number | undefined;

function table(header: readonly [string, Cell], rows: readonly (readonly [string, Cell])[]): string {
  const known = rows.filter(([, value]) => value !== undefined);
  return [header, ["---", "---"] as const, ...known]
    .map(([name, value]) => `| ${name} | ${shown(value)} |`)
    .join("\n");
}

function shown(value: Cell): string {
  if (typeof value !== "number") return value ?? "";
  return Number.isInteger(value) ? value.toLocaleString("en-US") : String(Number(value.toPrecision(4)));
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
