// How the course is built: one HTML page per route and language, with packages from their sources, at home under any base path.
import vue from '@vitejs/plugin-vue';
import markdown from 'unplugin-vue-markdown/vite';
import { VitePWA } from 'vite-plugin-pwa';
import type { UserConfig } from 'vite';
import type { ViteSSGOptions } from 'vite-ssg';
import { paths } from './src/shell/paths.js';
import { finishPage } from './scripts/finish-page.js';

/** Each figure of a text, which is a tag on a line of its own, gets a task of its own when a page starts: src/shell/reading/in-turn.ts. */
const figuresInTurn = (html: string): string => html.replace(/^<[A-Z]\w+ \/>/gm, '<InTurn>$&</InTurn>');

const sources = { conditions: ['@kk/source', 'module', 'browser', 'development|production'] };

const config: UserConfig & { ssgOptions: Partial<ViteSSGOptions> } = {
  base: './',
  resolve: sources,
  ssr: { noExternal: [/^@kk\//], resolve: { conditions: ['@kk/source', 'module', 'node', 'development|production'] } },
  plugins: [
    vue({ include: [/\.vue$/, /\.md$/] }),
    markdown({ include: [/\.md$/], wrapperClasses: 'text', headEnabled: false, transforms: { after: figuresInTurn } }),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/offline',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false,
      // The vocabularies of OpenAI's models are large: they are kept when they are first used.
      injectManifest: { globPatterns: ['**/*.{html,js,css,woff2,svg,wasm}'], globIgnores: ['**/ranks-*.js'], maximumFileSizeToCacheInBytes: 6_000_000 },
    }),
  ],
  worker: { format: 'es' },
  // The worker and what it loads are searched, too, so that the dev server prepares all libraries at its start.
  optimizeDeps: { entries: ['index.html', 'src/**/*.{vue,ts}'] },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  ssgOptions: {
    entry: 'src/main.ts',
    dirStyle: 'nested',
    script: 'async',
    formatting: 'none',
    includedRoutes: () => paths(),
    onPageRendered: finishPage,
  },
};

export default config;
