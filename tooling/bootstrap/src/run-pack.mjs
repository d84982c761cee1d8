// The steps of `npm run pack`: builds packages with their types, and packs each of them together with those of this workspace that it
// needs into packed/NAME/, so that one `npm install packed/NAME/*.tgz` installs it. In the end it prints that command.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { startRun } from './context.mjs';
import { ensureInstalled } from './install.mjs';
import { main } from './main.mjs';
import { chosenPackages, neededPackages } from './packing.mjs';
import { ensurePnpm, pnpm, wantedVersion } from './pnpm.mjs';
import { runSteps } from './steps.mjs';
import { turbo } from './turbo.mjs';
import { listPackages, workspaceRoot } from './workspace.mjs';

/** @param {readonly string[]} args  the arguments after `npm run pack --` */
export function runPack(args) {
  return main(async () => {
    const { context, passed } = startRun(args);
    const published = listPackages(workspaceRoot, ['packages']).filter(({ manifest }) => !manifest.private);
    const chosen = chosenPackages(published, passed);
    const filters = chosen.map(({ manifest }) => `--filter=${manifest.name}...`);
    /** @type {string[]} */
    const commands = [];
    await runSteps(
      [
        { title: `Getting pnpm ${wantedVersion()}`, run: () => ensurePnpm(context) },
        { title: 'Installing dependencies', run: () => ensureInstalled(context) },
        { title: 'Building with types', run: () => turbo(context, 'build', ...filters) },
        {
          title: 'Packing',
          run: async () => {
            for (const subject of chosen) {
              const folder = join(workspaceRoot, 'packed', subject.folder.replace('packages/', ''));
              rmSync(folder, { recursive: true, force: true });
              mkdirSync(folder, { recursive: true });
              for (const one of neededPackages(published, subject)) await run(pnpm('pack', '--pack-destination', folder), context, join(workspaceRoot, one.folder));
              commands.push(['npm install', ...readdirSync(folder).map((file) => join(folder, file))].join(' '));
            }
          },
        },
      ],
      context,
    );
    process.stdout.write(`\nIn the folder of your project, type:\n${commands.map((command) => `  ${command}\n`).join('')}`);
  });
}
