// Run by the kill test in a process of its own: importInChild.ts <database url> <folder> <rejects>. It says
// "ready" before it begins, so that the test counts from there.
import { openDatabase } from "../../../../src/kg/database.ts";
import { importData } from "../../../../src/kg/import/importData.ts";

const [url, path, rejects] = process.argv.slice(2);
const db = await openDatabase(url, { migrate: false });
process.stdout.write("ready\n");
await importData(db, { path, rejects });
process.stdout.write("done\n");
await db.close();
