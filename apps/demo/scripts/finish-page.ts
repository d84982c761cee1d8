// What is done to a rendered page: its paths become relative, so that the site runs under any base path, and it gets its security policy.
import { createHash } from 'node:crypto';
import { serverRoot } from '../src/shell/root.js';

/**
 * @param route  the page's path, for example `/de/token/`
 * @param html  the page as rendered, with paths that begin with `./` or with the marker of the site's root
 * @returns the page with relative paths and a policy that allows this site alone
 */
export function finishPage(route: string, html: string): string {
  const depth = route.split('/').filter(Boolean).length;
  const up = depth === 0 ? './' : '../'.repeat(depth);
  const language = route.split('/')[1] || 'en';
  const relative = html
    .replace(/(\s(?:href|src)=")\.\//g, `$1${up}`)
    .replaceAll(serverRoot, up)
    .replace(/<html[^>]*>/, `<html lang="${language}" data-root="${up}">`);
  return relative.replace('<meta charset="utf-8">', `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy(relative)}">`);
}

/** Only files of this site; inline scripts by their hash. `blob:` is for the engine's threads, `wasm-unsafe-eval` for its kernels. */
function policy(html: string): string {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`);
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(' ')}`,
    "worker-src 'self' blob:",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'", // widths of bars in pages that were rendered before
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
