// `pnpm check:packages`: are the built packages what their users expect to install? Needs an install and a build before it.
import { checkPackages } from './src/check-packages.mjs';
import { main } from './src/main.mjs';

await main(() => checkPackages());
