// kk from the sources of all packages: an edit takes effect at once, and no build is needed. In the root of a clone: pnpm kk VERB
import process from 'node:process';
import { main } from '../src/index.js';

await main(process, 'pnpm kk');
