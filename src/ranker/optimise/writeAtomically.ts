import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file so that whoever reads it sees the old one or the new one, never a part: into a file beside
 * it, flushed to the disk, then renamed over it.
 */
export async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeFlushed(beside, bytes);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await flushFolder(dirname(file));
}

async function writeFlushed(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, "w");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The new name is an entry of its folder, which has to reach the disk too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null); // no such thing as opening a folder on Windows
  if (!handle) return;
  await handle.sync().finally(() => handle.close());
}
