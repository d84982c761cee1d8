import { describe, expect, it } from 'vitest';
import { ensureBrowser, findBrowser, howToInstall, needBrowser } from '../src/browser.mjs';
import { mayInstall } from '../src/debian.mjs';

type Machine = Parameters<typeof findBrowser>[0] & object;

/** A machine on which exactly these files exist. */
function machine(platform: NodeJS.Platform, files: string[], env: Record<string, string> = {}, root = false): Machine {
  const exists = (path: string) => files.includes(path);
  return { platform, env: { PATH: '/usr/local/bin:/usr/bin', ...env }, root, exists, isProgram: exists };
}

describe('findBrowser', () => {
  it('takes CHROME_PATH before anything else', () => {
    expect(findBrowser(machine('linux', ['/opt/mine', '/usr/bin/chromium'], { CHROME_PATH: '/opt/mine' }))).toBe('/opt/mine');
  });

  it('refuses a CHROME_PATH that cannot be started, even if there is another browser', () => {
    expect(() => findBrowser(machine('linux', ['/usr/bin/chromium'], { CHROME_PATH: '/nowhere' }))).toThrow('CHROME_PATH is /nowhere');
  });

  it('takes an empty CHROME_PATH for none', () => {
    expect(findBrowser(machine('linux', ['/usr/bin/chromium'], { CHROME_PATH: '' }))).toBe('/usr/bin/chromium');
  });

  it.each<[string, Machine, string]>([
    ['Chromium on the PATH', machine('linux', ['/usr/bin/chromium', '/usr/bin/google-chrome']), '/usr/bin/chromium'],
    ['Chrome on the PATH', machine('linux', ['/usr/local/bin/google-chrome-stable']), '/usr/local/bin/google-chrome-stable'],
    ['a snap', machine('linux', ['/snap/bin/chromium']), '/snap/bin/chromium'],
    ['an app for all users of a Mac', machine('darwin', ['/Applications/Chromium.app/Contents/MacOS/Chromium']), '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    [
      "an app in a Mac user's folder",
      machine('darwin', ['/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'], { HOME: '/Users/me' }),
      '/Users/me/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'Chrome on Windows',
      machine('win32', ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'], { PROGRAMFILES: 'C:\\Program Files' }),
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    ],
    [
      'Edge, which every Windows has',
      machine('win32', ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'], { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' }),
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  ])('finds %s', (_, where, path) => {
    expect(findBrowser(where)).toBe(path);
  });

  it.each<NodeJS.Platform>(['linux', 'darwin', 'win32'])('finds nothing on an empty %s', (platform) => {
    expect(findBrowser(machine(platform, []))).toBeNull();
  });
});

describe('mayInstall', () => {
  const debian = ['/etc/debian_version', '/usr/bin/apt-get'];

  it('is true for root on Debian only', () => {
    expect(mayInstall(machine('linux', debian, {}, true))).toBe(true);
    expect(mayInstall(machine('linux', debian, {}, false))).toBe(false);
    expect(mayInstall(machine('linux', ['/usr/bin/apt-get'], {}, true))).toBe(false);
    expect(mayInstall(machine('darwin', debian, {}, true))).toBe(false);
  });
});

describe('ensureBrowser', () => {
  it('says what to install where it may not install anything itself', async () => {
    await expect(ensureBrowser({ env: {}, verbose: false }, machine('linux', []))).rejects.toThrow(howToInstall('linux'));
  });

  it.each<[NodeJS.Platform, string]>([['linux', 'apt-get install chromium'], ['darwin', 'brew install'], ['win32', 'winget install'], ['freebsd', 'Install one']])(
    'has advice for %s',
    (platform, advice) => {
      expect(howToInstall(platform)).toContain(advice);
      expect(howToInstall(platform)).toContain('CHROME_PATH');
    },
  );
});

it('needs a browser only for packages and apps that say so', () => {
  const named = (folder: string, browserTests?: boolean) => ({ folder, manifest: { name: folder, kk: { browserTests } } });
  const packages = [named('packages/a', true), named('packages/b'), named('packages/c', false), named('apps/demo', true), named('tooling/d', true)];
  expect(needBrowser(packages)).toEqual(['packages/a', 'apps/demo']);
});
