// Tools that keep values only for the run that has them: what is compared and then forgotten makes no room among what the worker keeps for others.
import type { Tools } from '../job.js';

export function withOwnKeep(tools: Tools): Tools {
  const kept = new Map<string, Promise<unknown>>();
  return {
    ...tools,
    keep<Value>(key: string, make: () => Value | Promise<Value>): Promise<Value> {
      const value = (kept.get(key) as Promise<Value> | undefined) ?? Promise.resolve().then(make);
      kept.set(key, value);
      return value;
    },
  };
}
