// Browser profiles that one visitor after another uses. What the last one kept is deleted, and what was loaded and compiled stays in the
// profile's cache, so that its next page takes much less of the processor. `journeys/profiles.test.ts` holds that nothing else stays.
import type { BrowserContext, CDPSession } from 'playwright';
import { inject } from 'vitest';

/** What a visitor does with a profile. Nothing else, because routes, scripts and permissions of a profile would stay for those who come after. */
export type Profile = Pick<BrowserContext, 'newPage'>;

export interface Taken {
  profile: Profile;
  /** Closes all pages and deletes what they kept; then others may take the profile. */
  giveBack(): Promise<void>;
}

interface Kept {
  context: BrowserContext;
  /** Of an empty page that stays open, as only pages can delete what their profile keeps. */
  session: CDPSession;
}

/** Those that nobody uses, by their kind. */
const free = new Map<string, Kept[]>();

/**
 * @param kind  profiles of one kind are made alike
 * @param make  makes one when all of this kind are used
 * @returns a profile that nobody else uses until it is given back, and that keeps nothing yet
 */
export async function takeProfile(kind: string, make: () => Promise<BrowserContext>): Promise<Taken> {
  const { context, session } = free.get(kind)?.pop() ?? (await keep(await make()));
  const [empty] = context.pages();
  return {
    profile: context,
    giveBack: async () => {
      for (const page of context.pages()) if (page !== empty) await page.close();
      await session.send('Storage.clearDataForOrigin', { origin: new URL(inject('site')).origin, storageTypes: 'all' });
      free.set(kind, [...(free.get(kind) ?? []), { context, session }]);
    },
  };
}

async function keep(context: BrowserContext): Promise<Kept> {
  return { context, session: await context.newCDPSession(await context.newPage()) };
}
