// `npm run demo`: from a fresh clone to the running demo, with nothing but Node and npm.
// Whatever stands after `--` goes to `kk demo`: npm run demo -- --lang de
// This file only checks Node, in syntax that old versions can read; the work is in src/run-demo.mjs.
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-demo.mjs').then(({ runDemo }) => runDemo(process.argv.slice(2)));
