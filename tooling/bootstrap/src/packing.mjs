// Which packages `npm run pack` packs: those that were asked for, each with the packages of this workspace that it needs when it runs.
import { Problem } from './failures.mjs';

/** @typedef {import('./workspace.mjs').WorkspacePackage} WorkspacePackage */

/**
 * @param {WorkspacePackage[]} published  all packages that can be packed
 * @param {readonly string[]} names  such as `gpt` or `@kk/gpt`; none means all
 * @returns {WorkspacePackage[]} the packages of these names
 * @throws {Problem} if there is no package of a name; the message lists those that there are
 */
export function chosenPackages(published, names) {
  if (names.length === 0) return published;
  return names.map((name) => {
    const found = published.find(({ manifest }) => manifest.name === name || manifest.name === `@kk/${name}`);
    if (found === undefined) throw new Problem(`There is no package ${JSON.stringify(name)}. Name some of these, or none for all: ${published.map(({ manifest }) => manifest.name.replace('@kk/', '')).join(', ')}.`);
    return found;
  });
}

/**
 * @param {WorkspacePackage[]} published
 * @param {WorkspacePackage} subject
 * @returns {WorkspacePackage[]} the package itself, then those that it depends on, and those that these depend on, each once
 */
export function neededPackages(published, subject) {
  const needed = [subject];
  // The list grows while it is read, until no package in it names another one.
  for (const { manifest } of needed) {
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const other = published.find((one) => one.manifest.name === name);
      if (other !== undefined && !needed.includes(other)) needed.push(other);
    }
  }
  return needed;
}
