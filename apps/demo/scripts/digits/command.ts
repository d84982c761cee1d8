// Writes generated/digits.bin, the handwritten digits that the course loads. Git ignores it: the drawings stay in the package `mnist`.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { digitsFile } from './digits-file.js';

const folder = fileURLToPath(new URL('../../generated/', import.meta.url));

/** @param args `--keep` leaves a file that is already there @returns the exit code */
export async function command(args: readonly string[]): Promise<number> {
  const path = `${folder}digits.bin`;
  if (args.includes('--keep') && existsSync(path)) return 0;
  const bytes = await digitsFile();
  await mkdir(folder, { recursive: true });
  await writeFile(path, bytes);
  console.log(`generated/digits.bin: ${bytes.length} bytes`);
  return 0;
}
