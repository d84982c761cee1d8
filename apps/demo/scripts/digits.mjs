// `pnpm --filter demo digits` makes the file of handwritten digits, as every build does; `--keep` does nothing if there is one. See digits/command.ts.
import { runFromSources } from './from-sources.mjs';

await runFromSources('/scripts/digits/command.ts', process.argv.slice(2));
