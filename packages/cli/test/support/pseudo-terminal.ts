// Runs kk as a user sees it: as a process in a pseudo-terminal of the system, whose bytes an emulated terminal turns into a screen.
//
// The pseudo-terminal comes from `script` of util-linux, because libraries for it need a compiler. The program is built from the sources
// first, since a process of its own cannot read TypeScript.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import xterm, { type IBufferLine } from '@xterm/headless';

const cli = fileURLToPath(new URL('../../', import.meta.url));
const builder = fileURLToPath(new URL('build-program.mjs', import.meta.url));
/** Screens and the built program; out of git. */
export const cache = join(cli, 'node_modules', '.cache', 'kk-screens');

/** Whether this system has what a pseudo-terminal needs: util-linux's `script`, and `stty`. */
export const hasPseudoTerminals = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '') && spawnSync('stty', ['--version']).status === 0;

/**
 * Builds kk once for all test files that run it as a process, and again when a source has changed.
 * @returns the file that runs kk, with all packages of this repository built into it
 */
export async function buildProgram(): Promise<string> {
  const folder = join(cache, 'programs', sourcesHash());
  if (!existsSync(folder)) {
    removeOldPrograms();
    mkdirSync(dirname(folder), { recursive: true });
    const unfinished = mkdtempSync(`${folder}-`);
    // In a process of its own: what a test worker has loaded and replaced does not touch it.
    await promisify(execFile)(process.execPath, [builder, unfinished]);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another test file, which ran at the same time, has finished the same program.
      if (!existsSync(folder)) throw error;
      rmSync(unfinished, { recursive: true });
    }
  }
  // Under the name of the installed command, so that suggested commands are as short as those of users.
  return join(folder, 'kk');
}

/** The hash of all that the program is made of: the sources of the packages, the versions of libraries, and what builds it. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(builder));
  const packages = join(cli, '..');
  const sources = readdirSync(packages).flatMap((name) => {
    const files = readdirSync(join(packages, name, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return [join(packages, name, 'package.json'), ...files.map((entry) => join(entry.parentPath, entry.name))];
  });
  for (const path of [join(packages, '../pnpm-lock.yaml'), ...sources.sort()]) hash.update(`${relative(packages, path)}\0`).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

/** Removes programs that were built more than a day ago; no test runs that long. */
function removeOldPrograms(): void {
  const programs = join(cache, 'programs');
  if (!existsSync(programs)) return;
  for (const name of readdirSync(programs)) {
    const path = join(programs, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
}

export interface Screen {
  exitCode: number;
  /** All lines, also those that scrolled away; without blanks and empty lines at the end. */
  lines: ScreenLine[];
  /** The lines as one text. */
  text: string;
}

export interface ScreenLine {
  text: string;
  /** Whether the terminal broke the line before, because it was too long. */
  wrapped: boolean;
}

export interface ScreenOptions {
  program: string;
  cwd: string;
  columns: number;
  /** Locale of the process, such as de_DE.UTF-8. */
  locale?: string;
  /** What has to appear, and what is typed then. */
  typed?: readonly (readonly [seen: RegExp, keys: string])[];
}

/** Runs one command line in a pseudo-terminal until it ends. */
export async function screenOf(argv: readonly string[], { program, cwd, columns, locale = 'en_US.UTF-8', typed = [] }: ScreenOptions): Promise<Screen> {
  const command = ['node', program, ...argv].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const { PATH, HOME } = process.env;
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 40; exec ${command}`, '/dev/null'], { cwd, env: { PATH, HOME, TERM: 'xterm-256color', LANG: locale }, stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  let [at, seen] = [0, ''];
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    seen += chunk.toString('latin1');
    const next = typed[at];
    if (!next?.[0].test(seen)) return;
    [at, seen] = [at + 1, ''];
    child.stdin.write(next[1]);
  });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (code === null ? reject(new Error(`kk ${argv.join(' ')} was ended by ${signal}.`)) : resolve(code)));
  });
  const lines = await render(Buffer.concat(chunks), columns);
  return { exitCode, lines, text: lines.map(({ text }) => text).join('\n') };
}

/** The screen that a terminal shows after these bytes. */
async function render(bytes: Uint8Array, columns: number): Promise<ScreenLine[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows: 40, scrollback: 100_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const buffer = terminal.buffer.active;
  const lines = Array.from({ length: buffer.length }, (_, at) => buffer.getLine(at)).filter((line): line is IBufferLine => line !== undefined).map((line) => ({ text: line.translateToString(true), wrapped: line.isWrapped }));
  while (lines.at(-1)?.text === '') lines.pop();
  terminal.dispose();
  return lines;
}

/** Keeps a screen for people to look at. */
export function keepScreen(name: string, { text }: Screen): void {
  const folder = join(cache, 'screens');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), text + '\n');
}

export function forgetScreens(): void {
  rmSync(join(cache, 'screens'), { recursive: true, force: true });
}
