// The scale of the lens.

/** From so many bits on, a token has the full tint. */
export const MOST_BITS = 12;
