// `pnpm --filter demo models [name ...]` makes the shipped models again; see models/command.ts.
import { runFromSources } from './from-sources.mjs';

await runFromSources(process.env.KK_MODELS_SCRIPT ?? '/scripts/models/command.ts', process.argv.slice(2));
