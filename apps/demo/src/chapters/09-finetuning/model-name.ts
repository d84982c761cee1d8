// The name of a model as folders and addresses have it: small letters and digits, words joined by hyphens.

/** Characters of a name. */
export const LONGEST_NAME = 40;

/** Windows has devices of these names, and no folders. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** "Mein Pirat!" becomes `mein-pirat`. Letters of every script stay; what is left may be empty. */
export function modelName(text: string): string {
  const words = text.normalize('NFC').toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
  const name = [...words.join('-')].slice(0, LONGEST_NAME).join('').replace(/-+$/, '');
  return DEVICE.test(name) ? `${name}-1` : name;
}

/** The same name, or with a number where others have it: `mein-pirat-2`. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  let free = wanted;
  for (let count = 2; names.has(free); count++) free = `${wanted}-${count}`;
  return free;
}
