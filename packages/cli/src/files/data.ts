// Reads the texts of a verb, whole and joined in order.
import { readTexts } from '@kk/corpora/node';
import { type Context } from '../context.js';
import { fullPath } from './paths.js';

export interface Data {
  text: string;
  /** Full paths, in order. */
  paths: string[];
}

/**
 * @param files  as the user typed them
 * @throws {Error} naming the file that is missing, empty or not UTF-8
 */
export async function readData({ io }: Context, files: readonly string[]): Promise<Data> {
  const paths = files.map((file) => fullPath(io.cwd, file));
  return { text: (await readTexts(paths)).join(''), paths };
}
