// Finds a Chromium for browser tests. If there is none, it installs one where that is usual (root on Debian or Ubuntu); otherwise it says
// what to install. Tests get the path in CHROME_PATH. A package declares that it needs one in its package.json: "kk": { "browserTests":
// true }.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { aptInstall, mayInstall } from './debian.mjs';
import { Problem } from './failures.mjs';

/** Names of Chromium commands, in order of preference. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const MAC_APPS = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium', 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'];

const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * The facts about a machine that this file needs; tests use their own.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} root  whether this process may install packages
 * @property {(path: string) => boolean} isProgram  whether the path is a file that can be started
 * @property {(path: string) => boolean} exists
 */

/** @returns {Machine} the one we run on */
export function thisMachine() {
  return { platform: process.platform, env: process.env, root: process.getuid?.() === 0, isProgram, exists: existsSync };
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // missing or not executable: "no" in both cases
  }
}

/**
 * @param {import('./workspace.mjs').WorkspacePackage[]} packages
 * @returns {string[]} the folders of those under packages/ and apps/ whose tests need a browser
 */
export function needBrowser(packages) {
  return packages
    .filter(({ folder, manifest }) => /^(packages|apps)\//.test(folder) && manifest.kk?.browserTests === true)
    .map(({ folder }) => folder);
}

/**
 * All places to search, in order of preference.
 * @param {Machine} machine
 * @returns {string[]}
 */
export function usualPlaces({ platform, env }) {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    return roots.flatMap((root) => WINDOWS_PROGRAMS.map((program) => win32.join(root, program)));
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '');
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => posix.join(folder, command)));
  if (platform === 'darwin') {
    const apps = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
    return [...apps.flatMap((folder) => MAC_APPS.map((app) => posix.join(folder, app))), ...onPath];
  }
  return [...onPath, '/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

/**
 * @param {Machine} [machine]
 * @returns {string | null} the path of a Chromium, or null if there is none in the usual places
 * @throws {Problem} if CHROME_PATH names something that cannot be started
 */
export function findBrowser(machine = thisMachine()) {
  const chosen = machine.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (machine.isProgram(chosen)) return chosen;
    throw new Problem(`CHROME_PATH is ${chosen}, which is not a program that can be started. Set it to the path of a Chromium, or unset it to search the usual places.`);
  }
  return usualPlaces(machine).find(machine.isProgram) ?? null;
}

/**
 * @param {NodeJS.Platform} platform
 * @returns {string} what to do to get a browser
 */
export function howToInstall(platform) {
  /** @type {Partial<Record<NodeJS.Platform, string>>} */
  const advice = {
    linux: 'On Debian: sudo apt-get install chromium. On Ubuntu: sudo snap install chromium. On Fedora: sudo dnf install chromium.',
    darwin: 'Install Google Chrome from https://www.google.com/chrome, or: brew install --cask chromium.',
    win32: 'Install Google Chrome from https://www.google.com/chrome, or: winget install Google.Chrome.',
  };
  return [
    'Some tests need a Chromium (or Chrome, or Edge), and none was found in the usual places.',
    advice[platform] ?? 'Install one for your system.',
    'If you have one elsewhere, set CHROME_PATH to its path.',
  ].join('\n');
}

/**
 * Finds or installs a browser for the tests.
 * @param {import('./child.mjs').Context} context
 * @param {Machine} [machine]
 * @returns {Promise<string>} its path
 * @throws {Problem} if there is none and none may be installed
 */
export async function ensureBrowser(context, machine = thisMachine()) {
  const found = findBrowser(machine);
  if (found !== null) return found;
  if (mayInstall(machine)) {
    await aptInstall(context, 'chromium');
    const installed = findBrowser(machine);
    if (installed !== null) return installed;
  }
  throw new Problem(howToInstall(machine.platform));
}
