/** One bar: its length and half of the interval around its end. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly error?: number;
  /** True for the bar that the chart is about. */
  readonly subject?: boolean;
}

/** One chart of an image. */
export interface BarChart {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Writes a value at the end of its bar. */
  readonly format?: (value: number) => string;
}

const WIDTH = 720;
const LABELS = 200;
const VALUES = 84;
const LINE = 24;
const HEAD = 40;

/** Follows the reader's light or dark scheme; on a plain background both have enough contrast. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .bar { fill: #8c959f } .subject { fill: #0969da } .error, .axis { stroke: #24292f; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .bar { fill: #6e7681 } .subject { fill: #4493f8 } .error, .axis { stroke: #e6edf3 }
  }`;

/**
 * Draws charts of horizontal bars below each other as one SVG image. Bars start at 0 and grow to the right; a
 * negative value has no bar. Text stays text. The same charts give the same bytes.
 */
export function drawBars(charts: readonly BarChart[]): string {
  let top = 0;
  const parts = charts.map((chart) => {
    const drawn = drawChart(chart, top);
    top += HEAD + chart.bars.length * LINE + LINE / 2;
    return drawn;
  });
  const titles = charts.map(({ title }) => title).join("; ");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" role="img">`,
    `<title>${escapeXml(titles)}</title>`,
    `<style>${STYLE}\n</style>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

function drawChart({ title, bars, format = (value) => value.toFixed(4) }: BarChart, top: number): string {
  const most = Math.max(...bars.map(({ value, error = 0 }) => value + error), Number.MIN_VALUE);
  const scale = (value: number) => round((Math.max(0, value) / most) * (WIDTH - LABELS - VALUES));
  const first = top + HEAD;
  const lines = bars.map(({ label, value, error = 0, subject }, at) => {
    const middle = first + at * LINE + LINE / 2;
    const end = LABELS + scale(value);
    const [low, high] = [LABELS + scale(value - error), LABELS + scale(value + error)];
    return [
      `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${escapeXml(label)}</text>`,
      `<rect class="${subject ? "subject" : "bar"}" x="${LABELS}" y="${middle - 8}" width="${scale(value)}" height="16"/>`,
      ...(error > 0 ? [`<path class="error" fill="none" d="${whiskers(low, high, middle)}"/>`] : []),
      `<text x="${Math.max(end, high) + 8}" y="${middle + 4}">${escapeXml(format(value))}</text>`,
    ].join("\n");
  });
  const bottom = first + bars.length * LINE;
  return [
    `<text class="title" x="8" y="${top + 24}">${escapeXml(title)}</text>`,
    ...lines,
    `<path class="axis" d="M${LABELS} ${first}V${bottom}"/>`,
  ].join("\n");
}

function whiskers(low: number, high: number, middle: number): string {
  return `M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
