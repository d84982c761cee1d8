// How long something takes, in the unit in which a person would say it.

export interface Duration {
  unit: 'seconds' | 'minutes' | 'hours';
  count: number;
}

/** Up to so many of the smaller unit are said in it. */
const MOST = 90;

export function durationOf(seconds: number): Duration {
  if (seconds < MOST) return { unit: 'seconds', count: seconds };
  return seconds <= MOST * 60 ? { unit: 'minutes', count: seconds / 60 } : { unit: 'hours', count: seconds / 3600 };
}
