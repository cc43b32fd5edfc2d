import { createRequire } from "node:module";
import { basename, dirname, extname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url)); // src, or dist/src where it was built
const BUILT = extname(fileURLToPath(import.meta.url)) === ".js";

/** Folder of the package, where what is no code lies: the demo, the README. */
export const PACKAGE_FOLDER = resolve(HERE, basename(dirname(HERE)) === "dist" ? "../.." : "..");

/** How to run a script of the program's own in a process: as it was built, or through tsx where this process does too. */
export function ownScript(name: string): { readonly path: string; readonly execArgv: string[] } {
  const path = resolve(HERE, `${name}${BUILT ? ".js" : ".ts"}`);
  if (BUILT) return { path, execArgv: [] };
  const tsx = createRequire(import.meta.url).resolve("tsx"); // whatever the working folder is
  return { path, execArgv: ["--import", pathToFileURL(tsx).href] };
}
