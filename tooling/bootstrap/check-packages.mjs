// `pnpm check:packages`: checks the built packages as their users install them. Needs an install and a build first.
import { checkPackages } from './src/check-packages.mjs';
import { main } from './src/main.mjs';

await main(() => checkPackages());
