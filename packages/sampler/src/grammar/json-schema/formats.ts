// The supported formats of JSON Schema, as patterns. A pattern never allows more than the format; where it allows less, a comment says so.

const day = '(?:0[1-9]|1\\d|2[0-8])';
/** 29 February is not allowed, since leap days depend on the year. */
const date = `\\d{4}-(?:(?:0[13578]|1[02])-(?:${day}|29|30|31)|(?:0[469]|11)-(?:${day}|29|30)|02-${day})`;
/** Leap seconds are not allowed. */
const time = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const ipv4Part = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

export const FORMATS: Readonly<Record<string, string>> = {
  date: `^${date}$`,
  time: `^${time}$`,
  'date-time': `^${date}T${time}$`,
  uuid: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  ipv4: `^(?:${ipv4Part}\\.){3}${ipv4Part}$`,
  /** Plain addresses only: no quoted parts, comments or IP addresses. */
  email: '^[a-z0-9_+-]{1,30}(?:\\.[a-z0-9_+-]{1,30})?@(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\\.){1,3}[a-z]{2,10}$',
};
