// npm run demo [-- FOLDER]: writes the demo's files anew, by default to demo/films.
import { fileURLToPath } from "node:url";
import { writeDemo } from "./writeDemo.ts";

const folder = process.argv[2] ?? fileURLToPath(new URL("./films", import.meta.url));
const counts = await writeDemo(folder);
console.log(`${folder}: ${JSON.stringify(counts)}`);
