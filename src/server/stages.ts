import { Presets, SingleBar } from "cli-progress";

/** Tells how far a stage is, 0..1, and what it is at. */
export type OnProgress = (fraction: number, what?: string) => void;

export interface Stages {
  /** Runs one stage of a longer work and shows it: a progress bar on a terminal, a line otherwise. */
  run<T>(title: string, work: (progress: OnProgress) => Promise<T>): Promise<T>;
  say(line: string): void;
  /** Leaves the terminal as it was, in the middle of a stage too. */
  end(): void;
}

const FORMAT = "  {title} {bar} {percentage}% {what}";
const ERASE_LINE = "\r\u001b[K";

/** Makes the display of a work in stages; `onStage` hears the title of each. */
export function makeStages(stream: NodeJS.WriteStream, onStage: (title: string) => void): Stages {
  let bar: SingleBar | null = null;
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    async run(title, work) {
      onStage(title);
      const since = Date.now();
      if (stream.isTTY) bar = startBar(stream, title);
      const result = await work((fraction, what = "") =>
        bar?.update(Math.round(Math.min(1, Math.max(0, fraction)) * 100), { what }),
      );
      bar?.update(100, { what: "" });
      end();
      if (!stream.isTTY) stream.write(`whygraph: ${title} (${((Date.now() - since) / 1000).toFixed(1)} s)\n`);
      return result;
    },
    say: (line) => void stream.write(stream.isTTY ? `${ERASE_LINE}${line}\n` : `whygraph: ${line}\n`),
    end,
  };
}

function startBar(stream: NodeJS.WriteStream, title: string): SingleBar {
  const bar = new SingleBar(
    { stream, format: FORMAT, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
  bar.start(100, 0, { title: title.padEnd(24), what: "" });
  return bar;
}
