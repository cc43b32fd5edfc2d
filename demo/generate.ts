// npm run demo [-- FOLDER]: writes the demo's files anew, by default to this folder.
import { fileURLToPath } from "node:url";
import { writeDemo } from "./writeDemo.ts";

const folder = process.argv[2] ?? fileURLToPath(new URL(".", import.meta.url));
const counts = await writeDemo(folder);
console.log(`${folder}: ${JSON.stringify(counts)}`);
