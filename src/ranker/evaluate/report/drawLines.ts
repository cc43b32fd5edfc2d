/** One line of a chart; x ascends. */
export interface Line {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const WIDTH = 720;
const PANEL = 220;
const LEFT = 72;
const [TOP, BOTTOM, RIGHT] = [36, 32, 16];

/** Follows the reader's light or dark scheme; on a plain background both have enough contrast. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .line { stroke: #0969da; stroke-width: 2; fill: none } .axis { stroke: #24292f; fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .line { stroke: #4493f8 } .axis { stroke: #e6edf3 }
  }`;

/** Draws each line as a panel of its own, below each other, as one SVG image. The same lines give the same bytes. */
export function drawLines(lines: readonly Line[], xLabel: string): string {
  const height = lines.length * PANEL;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escapeXml(lines.map(({ label }) => label).join("; "))}</title>`,
    `<style>${STYLE}\n</style>`,
    ...lines.map((line, at) => drawPanel(line, xLabel, at * PANEL)),
    "</svg>\n",
  ].join("\n");
}

function drawPanel({ label, points }: Line, xLabel: string, top: number): string {
  const [first, last] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [low, high] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const [floor, ceiling] = [top + PANEL - BOTTOM, top + TOP];
  const place = (value: number, from: number, to: number, start: number, end: number) =>
    Math.round((start + ((value - from) / (to - from || 1)) * (end - start)) * 10) / 10;
  const path = points
    .map(({ x, y }) => `${place(x, first, last, LEFT, WIDTH - RIGHT)} ${place(y, low, high, floor, ceiling)}`)
    .join("L");
  return [
    `<text class="title" x="8" y="${top + 20}">${escapeXml(label)}</text>`,
    `<path class="axis" d="M${LEFT} ${ceiling}V${floor}H${WIDTH - RIGHT}"/>`,
    `<text x="${LEFT - 8}" y="${ceiling + 5}" text-anchor="end">${shorten(high)}</text>`,
    `<text x="${LEFT - 8}" y="${floor}" text-anchor="end">${shorten(low)}</text>`,
    `<text x="${LEFT}" y="${floor + 18}">${shorten(first)}</text>`,
    `<text x="${WIDTH - RIGHT}" y="${floor + 18}" text-anchor="end">${escapeXml(xLabel)} ${shorten(last)}</text>`,
    `<path class="line" d="M${path}"/>`,
  ].join("\n");
}

function shorten(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
