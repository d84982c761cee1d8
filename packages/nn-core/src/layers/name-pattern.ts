// Matches patterns with the names of layers and parameters, such as `blocks.3.attention.projection.weight`.

/**
 * A string is a whole name, in which `*` stands for any one part between dots: `blocks.*.attention`.
 * A RegExp has to match somewhere in the name: /bias$/.
 */
export type NamePattern = string | RegExp;

export function matchesName(pattern: NamePattern, name: string): boolean {
  if (pattern instanceof RegExp) return name.search(pattern) >= 0; // unlike test(), search() ignores where a global RegExp stopped last
  const wanted = pattern.split('.');
  const parts = name.split('.');
  return wanted.length === parts.length && wanted.every((part, i) => part === '*' || part === parts[i]);
}

/** True when the pattern matches the name, or the name of a module that this one is inside of. */
export function matchesNameOrOwner(pattern: NamePattern, name: string): boolean {
  const parts = name.split('.');
  return parts.some((_, i) => matchesName(pattern, parts.slice(0, i + 1).join('.')));
}

/** Some of the names, for error messages. */
export function listNames(names: Iterable<string>, most = 8): string {
  const all = [...names];
  if (all.length === 0) return 'none';
  return all.length > most ? `${all.slice(0, most).join(', ')} and ${all.length - most} more` : all.join(', ');
}
