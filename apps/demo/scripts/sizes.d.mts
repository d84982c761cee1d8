// The types of sizes.mjs.

/** What the built course weighs, in gzipped bytes; see sizes.mjs. */
export interface Sizes {
  /** The shell with chapter 1. */
  first: number;
  /** What each page loads that these do not have, and what it may load on demand. */
  pages: Record<string, { now: number; later: number }>;
  /** The worker at its start, and with all of its jobs. */
  worker: { first: number; all: number };
}

export function sizes(pages: readonly string[], language?: string): Sizes;
