// The example of constrained writing runs and keeps its promise.
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => vi.restoreAllMocks());

it('prints an object of the schema', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../../examples/constrained.js');
  const [[value]] = log.mock.calls as [[{ name: string; age: number }]];
  expect(Object.keys(value)).toEqual(['name', 'age']);
  expect(value.name).toMatch(/^[A-Z][a-z]{2,8}$/);
  expect(value.age).toBeGreaterThanOrEqual(0);
  expect(value.age).toBeLessThanOrEqual(120);
});
