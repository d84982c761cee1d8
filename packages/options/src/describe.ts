// Puts a value into words, for error messages that say what was given.

/** `"text"`, `undefined`, `a list`, `a Map`, `a plain object`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  const name = prototype?.constructor?.name;
  if (prototype === null || prototype === Object.prototype || !name) return 'a plain object';
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
