import { MultiBar, Presets, type SingleBar } from "cli-progress";

/** Tells how far a stage is, 0..1, and what it is at. */
export type OnProgress = (fraction: number, what?: string) => void;

export interface Stages {
  /** Runs one stage of a longer work and shows it: a progress bar on a terminal, a line otherwise. */
  run<T>(title: string, work: (progress: OnProgress) => Promise<T>): Promise<T>;
  say(line: string): void;
  end(): void;
}

/** Makes the display of a work in stages; `onStage` hears the title of each. */
export function makeStages(stream: NodeJS.WriteStream, onStage: (title: string) => void): Stages {
  const bars = stream.isTTY ? makeBars(stream) : null;
  return {
    async run(title, work) {
      onStage(title);
      const since = Date.now();
      const bar = bars?.create(100, 0, { title: title.padEnd(28) });
      const result = await work((fraction, what) => show(bar, fraction, what && `${title}: ${what}`));
      show(bar, 1, title);
      bar?.stop();
      if (!bar) stream.write(`whygraph: ${title} (${((Date.now() - since) / 1000).toFixed(1)} s)\n`);
      return result;
    },
    say: (line) => (bars ? bars.log(`${line}\n`) : stream.write(`whygraph: ${line}\n`)),
    end: () => bars?.stop(),
  };
}

function show(bar: SingleBar | undefined, fraction: number, title?: string): void {
  bar?.update(Math.round(Math.min(1, Math.max(0, fraction)) * 100), title ? { title: title.padEnd(28) } : {});
}

function makeBars(stream: NodeJS.WriteStream): MultiBar {
  const format = "  {title} {bar} {percentage}% {duration_formatted}";
  return new MultiBar(
    { stream, format, clearOnComplete: false, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
}
