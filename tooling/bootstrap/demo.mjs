// `npm run demo`: from a fresh clone to the running demo, with nothing but Node and npm.
// Arguments after `--` go to `kk demo`: npm run demo -- --lang de
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-demo.mjs').then(({ runDemo }) => runDemo(process.argv.slice(2)));
