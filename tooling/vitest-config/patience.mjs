// How long tests wait before they give up.

/**
 * Milliseconds that a test, a hook, or the start of a browser may take. This ends what hangs and judges no speed: a busy machine takes many
 * times as long as a quiet one, so nothing in a test has a shorter limit.
 */
export const PATIENCE = 600_000;
