import { type BackendChoice, openBackend } from "../backend.ts";
import type { Tf } from "../tf.ts";

let chosen: BackendChoice = "auto";
let tensors: Promise<Tf> | null = null;

/** Says on which backend the models of this run learn; before the first of them is fitted. */
export function chooseBackend(name: BackendChoice): void {
  chosen = name;
}

/** Opens the tensor library on the chosen backend, once for all models of a run. @throws where it is missing */
export function openTensors(): Promise<Tf> {
  tensors ??= openBackend(chosen).then(({ tf }) => tf);
  return tensors;
}
