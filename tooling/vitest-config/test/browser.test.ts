// Chromium goes without everything that playwright leaves out, although it takes only the last list of its command line, which is ours.
import { chromium } from 'playwright';
import { expect, it } from 'vitest';
import { browserPath, chromiumFlags } from '../browser.mjs';

it('leaves out what playwright leaves out, and more', async () => {
  const server = await chromium.launchServer({ executablePath: browserPath(), args: chromiumFlags('none') });
  try {
    const flag = '--disable-features=';
    const lists = server.process().spawnargs.filter((one) => one.startsWith(flag)).map((one) => one.slice(flag.length).split(','));
    expect(lists).toHaveLength(2);
    const [playwrights, ours] = lists as [string[], string[]];
    expect(ours).toEqual(expect.arrayContaining(playwrights));
    expect(ours.length).toBeGreaterThan(playwrights.length);
  } finally {
    await server.close();
  }
});
