// The error of two adapters that train the rows of the same tokens. A row is one vector, and not a sum as what adapters add to weights.

/** Two adapters of a model would put their own rows in the place of the same tokens'. */
export class SharedTokenRows extends RangeError {
  override readonly name = 'SharedTokenRows';

  constructor(
    /** The name of the adapter that has these rows already. */
    readonly other: string,
    /** Ids of the tokens. */
    readonly tokens: readonly number[],
  ) {
    super(`The adapter ${other} trains the ${tokens.length === 1 ? `row of token ${tokens[0]}` : `rows of the tokens ${tokens.join(', ')}`} already, and a token has one row: leave ${tokens.length === 1 ? 'it' : 'them'} out of trainableTokens, or merge that adapter first and train this one on the result.`);
  }
}
