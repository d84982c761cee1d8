// `npm run pack`: from a fresh clone to packages that can be installed into any project, with nothing but Node and npm.
// Arguments after `--` are names of packages: npm run pack -- gpt
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-pack.mjs').then(({ runPack }) => runPack(process.argv.slice(2)));
