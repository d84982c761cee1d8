// What the built course weighs, gzipped: shell with chapter 1, what each further page adds, and the worker.
// `node scripts/sizes.mjs` prints it as JSON; a test and `pnpm bench --only demo` use it.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The folder of the built site. */
const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** @param {string} file  a path below `dist` */
const read = (file) => readFileSync(join(dist, file), 'utf8');

/**
 * @param {string} file  a script below `dist`
 * @returns {{ now: string[], later: string[] }} the files that it imports at once, and those that it names to load them on demand
 */
function importsOf(file) {
  const text = read(file);
  const path = (name) => posix.join(posix.dirname(file), name);
  const now = [...text.matchAll(/(?:from|import)\s*["'](\.\/[^"']+)["']/g)].map(([, name]) => path(name));
  const later = [...text.matchAll(/["'`](\.\/[^"'`]+\.(?:js|css))["'`]/g)].map(([, name]) => path(name));
  return { now, later: later.filter((name) => !now.includes(name)) };
}

/**
 * All files that loading `files` brings along.
 * @param {Iterable<string>} files
 * @param {boolean} withLater  whether what they load on demand counts, too
 * @param {ReadonlySet<string>} [known]  not looked into
 */
function closure(files, withLater, known = new Set()) {
  const found = new Set();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file) || known.has(file) || !existsSync(join(dist, file))) continue;
    found.add(file);
    if (!file.endsWith('.js')) continue;
    const { now, later } = importsOf(file);
    open.push(...now, ...(withLater ? later : []));
  }
  return found;
}

/** Scripts and styles that a page's HTML loads. @param {string} path  such as `de/token` */
function filesOf(path) {
  const html = read(`${path}/index.html`);
  const links = [...html.matchAll(/<(?:script|link)\s[^>]*?(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, href]) => posix.join(path, href));
  return closure(links, false);
}

/** @param {Iterable<string>} files */
const weigh = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);

/** The worker with everything that its jobs load: their scripts are named by the worker's. */
function workerFiles(scripts) {
  const workers = new Set();
  for (const file of scripts) for (const [, name] of read(file).matchAll(/["'`/](worker-[\w-]+\.js)["'`]/g)) workers.add(`assets/${name}`);
  return { first: closure(workers, false), all: closure(workers, true) };
}

/**
 * @param {readonly string[]} pages  chapters and other pages, such as `nonsense`
 * @param {string} language  whose pages are weighed
 * @returns {{ first: number, pages: Record<string, { now: number, later: number }>, worker: { first: number, all: number } }} bytes:
 * shell with chapter 1; what a page loads that these do not have, and may load on demand; the worker, and with all of its jobs
 */
export function sizes(pages, language = 'de') {
  const first = filesOf(`${language}/token`);
  const shell = filesOf(language);
  const known = new Set([...first, ...shell]);
  const own = Object.fromEntries(
    pages.map((page) => {
      const files = [...filesOf(`${language}/${page}`)].filter((file) => !known.has(file) || (page === 'token' && !shell.has(file)));
      const later = [...closure(files.flatMap((file) => (file.endsWith('.js') ? importsOf(file).later : [])), true, new Set([...known, ...files]))];
      return [page, { now: weigh(files), later: weigh(later) }];
    }),
  );
  const scripts = pages.flatMap((page) => [...filesOf(`${language}/${page}`)]).filter((file) => file.endsWith('.js'));
  const worker = workerFiles(new Set(scripts));
  return { first: weigh(first), pages: own, worker: { first: weigh(worker.first), all: weigh(worker.all) } };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = ['token', 'nonsense', 'texts', 'networks', 'words', 'attention', 'practice', 'continue', 'finetuning', 'feedback'];
  process.stdout.write(`${JSON.stringify(sizes(names))}\n`);
}
