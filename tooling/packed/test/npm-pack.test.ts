// A package is packed by pnpm, which replaces the versions of the workspace; npm, which does not, is refused with what to do.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

interface Manifest {
  name: string;
  private?: boolean;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const pnpm = `${root}.bootstrap/pnpm/node_modules/pnpm/bin/pnpm.cjs`;
const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')) as Manifest;
const published = readdirSync(`${root}packages`).filter((name) => manifestOf(name).private !== true);
const folder = mkdtempSync(`${tmpdir()}/kk-npm-pack-`);
afterAll(() => rmSync(folder, { recursive: true }));

describe('packing', () => {
  it.each(published)('%s runs the check before it is packed', (name) => {
    expect(manifestOf(name).scripts?.prepack).toBe('node ../../tooling/bootstrap/only-pnpm.mjs');
  });

  it('is refused to npm, which would leave workspace:^ in the package', async () => {
    expect(manifestOf('markov').dependencies).toEqual({ '@kk/sampler': 'workspace:^' });
    const packing = run('npm', ['pack', '--pack-destination', folder], { cwd: `${root}packages/markov` });
    await expect(packing).rejects.toThrow(/@kk\/markov cannot be packed by npm\/[\d.]+, which leaves versions such as workspace:\^ in its package\.json: in the root of the repository, type npm run pack -- @kk\/markov for a tarball/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused to npm when it publishes, too', async () => {
    await expect(run('npm', ['publish', '--dry-run'], { cwd: `${root}packages/markov` })).rejects.toThrow('@kk/markov cannot be packed by npm/');
  });

  it('by pnpm gives a package without a version of the workspace, and without the check', async () => {
    await run(process.execPath, [pnpm, 'pack', '--pack-destination', folder], { cwd: `${root}packages/markov` });
    const { stdout } = await run('tar', ['xOf', `${folder}/kk-markov-0.0.0.tgz`, 'package/package.json']);
    expect(stdout).not.toContain('workspace:');
    const packed = JSON.parse(stdout) as Manifest;
    expect(packed.dependencies).toEqual({ '@kk/sampler': '^0.0.0' });
    expect(packed.scripts).not.toHaveProperty('prepack');
  });
});
