// `pnpm --filter demo models [name ...]` makes the shipped models again; see models/command.ts, which Vite runs from the packages' sources.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
  ssr: { noExternal: [/^@kk\//], resolve: { conditions: ['@kk/source', 'module', 'node', 'development|production'] } },
});
try {
  const { command } = await server.ssrLoadModule(process.env.KK_MODELS_SCRIPT ?? '/scripts/models/command.ts');
  process.exitCode = await command(process.argv.slice(2));
} finally {
  await server.close();
}
