// The supported formats of JSON Schema, as patterns. A pattern never allows more than the format; where it allows less, a comment says so.

const day = '(?:0[1-9]|1\\d|2[0-8])';
/** Years that 4 divides, but of the centuries only those that 400 divides. */
const leapYear = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
/** RFC 3339, full-date. */
const date = `(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:${day}|29|30|31)|(?:0[469]|11)-(?:${day}|29|30)|02-${day})|${leapYear}-02-29)`;
/** RFC 3339, full-time. Leap seconds and lower-case letters are not allowed: most parsers refuse them. */
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
/** RFC 3339, appendix A: units follow each other without gaps. */
const timeUnits = 'T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)';
const duration = `P(?:\\d+W|(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)(?:${timeUnits})?|${timeUnits})`;

/** RFC 2673, section 3.2: four decimal numbers. */
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = `(?:${byte}\\.){3}${byte}`;
/** RFC 4291, section 2.2: "::" stands for at least one group of zeros. */
const group = '[0-9A-Fa-f]{1,4}';
const lastGroups = `(?:${group}:${group}|${ipv4})`;
const ipv6 = `(?:${[
  `(?:${group}:){6}${lastGroups}`,
  ...Array.from({ length: 7 }, (_, before) => {
    const start = before === 0 ? '' : `(?:${group}:){0,${before - 1}}${group}`;
    const optionalStart = before === 0 ? '' : `(?:${start})?`;
    if (before === 6) return `${optionalStart}::${group}`;
    return `${optionalStart}::${before === 5 ? '' : `(?:${group}:){${5 - before}}`}${lastGroups}`;
  }),
  `(?:(?:${group}:){0,6}${group})?::`,
].join('|')})`;

/**
 * RFC 1123, section 2.1: labels of up to 63 characters, here up to three, or eight of up to 30, so that all together are at most 253. No label
 * has hyphens as its third and fourth characters, which RFC 5891 keeps for encoded names (xn--...), for not all of those are valid.
 */
const label = (most: number): string => `[0-9A-Za-z](?:[0-9A-Za-z-]{0,2}[0-9A-Za-z]|[0-9A-Za-z-](?:[0-9A-Za-z][0-9A-Za-z-]|-[0-9A-Za-z])[0-9A-Za-z-]{0,${most - 5}}[0-9A-Za-z])?`;
const hostname = `(?:${label(63)}(?:\\.${label(63)}){0,2}|${label(30)}(?:\\.${label(30)}){0,7})`;

/** RFC 5321 without quoted parts and addresses as hosts. Before the @ up to 32 characters and points between them; the host has a point. */
const atom = "[\\w!#$%&'*+/=?^`{|}~\\-]";
const email = `${atom}(?:\\.?${atom}){0,31}@(?:${label(40)}\\.){1,3}[A-Za-z]{2,18}`;

/** RFC 3986. Hosts are names whose last part begins with a letter, or addresses; ports go up to 59999. */
const pathCharacter = "[\\w.~!$&'()*+,;=:@\\-]|%[0-9A-Fa-f]{2}";
const path = `(?:/|${pathCharacter})*`;
const afterPath = `(?:\\?(?:[/?]|${pathCharacter})*)?(?:#(?:[/?]|${pathCharacter})*)?`;
const hostPart = '(?:[0-9A-Za-z-]*[0-9A-Za-z])?';
const host = `(?:(?:[0-9A-Za-z]${hostPart}\\.)*[A-Za-z]${hostPart}|${ipv4}|\\[${ipv6}\\])`;
const authority = `(?:(?:[\\w.~!$&'()*+,;=:\\-]|%[0-9A-Fa-f]{2})*@)?${host}(?::[1-5]?\\d{1,4})?`;
const hierarchy = `//${authority}(?:/${path})?`;
/** A scheme; without an authority only those that do not need one, which excludes http, https, ws, wss, ftp and file. */
const anyScheme = '[A-Za-z][0-9A-Za-z+.\\-]*';
const opaqueScheme = '(?:[a-egi-vx-z][0-9a-z+.\\-]*|h[a-su-z][0-9a-z+.\\-]*|f[a-hj-su-z][0-9a-z+.\\-]*|w[a-rt-z][0-9a-z+.\\-]*)';
const uri = `(?:${anyScheme}:${hierarchy}|${opaqueScheme}:(?:${pathCharacter})${path})${afterPath}`;
/** A path whose first part has a colon would be read as a scheme. */
const relative = `(?:${hierarchy}|/(?:(?:${pathCharacter})${path})?|(?:[\\w.~!$&'()*+,;=@\\-]|%[0-9A-Fa-f]{2})+(?:/${path})?)?${afterPath}`;

/** RFC 6901. */
const pointer = '(?:/(?:[^/~]|~[01])*)*';

const whole = (pattern: string): string => `^(?:${pattern})$`;

export const FORMATS: Readonly<Record<string, string>> = {
  date: whole(date),
  time: whole(time),
  'date-time': whole(`${date}T${time}`),
  duration: whole(duration),
  email: whole(email),
  hostname: whole(hostname),
  ipv4: whole(ipv4),
  ipv6: whole(ipv6),
  uri: whole(uri),
  'uri-reference': whole(`${uri}|${relative}`),
  uuid: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$',
  'json-pointer': whole(pointer),
  'relative-json-pointer': whole(`(?:0|[1-9]\\d*)(?:#|${pointer})`),
  // Without characters outside of ASCII, and templates without expressions.
  'idn-email': whole(email),
  'idn-hostname': whole(hostname),
  iri: whole(uri),
  'iri-reference': whole(`${uri}|${relative}`),
  'uri-template': whole(`${uri}|${relative}`),
};

/** Formats that JSON Schema defines, too, but that no automaton can check. */
export const OTHER_FORMATS: readonly string[] = ['regex'];

/**
 * Patterns that say nothing new beside a format, which are thus left out: zod's one for host names counts up to 253 characters while it counts
 * those of every label, which would need hundreds of thousands of states.
 */
export const IMPLIED: Readonly<Record<string, string>> = {
  hostname: '^(?=.{1,253}\\.?$)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-0-9a-zA-Z]{0,61}[0-9a-zA-Z])?)*\\.?$',
};
