// How long journeys wait for anything before they give up, in milliseconds. It judges no speed: a busy machine may take this long.
export const PATIENCE = 600_000;
