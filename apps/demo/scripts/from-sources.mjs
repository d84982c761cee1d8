// Runs a script of this folder from the packages' sources, through Vite.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * @param {string} script  its path from the root of the app; it exports `command(args)`, which promises the exit code
 * @param {string[]} args
 */
export async function runFromSources(script, args) {
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    ssr: { noExternal: [/^@kk\//], resolve: { conditions: ['@kk/source', 'module', 'node', 'development|production'] } },
  });
  try {
    const { command } = await server.ssrLoadModule(script);
    process.exitCode = await command(args);
  } finally {
    await server.close();
  }
}
