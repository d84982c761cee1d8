// Declares the options that all readers of vectors take.

export interface ReadVectorsOptions {
  /** Stop after so many vectors were kept. Default: all. */
  limit?: number;
  /** Keep only these words. Vectors of others are skipped, and not checked. */
  only?: Iterable<string>;
  /** What happens to words that are no UTF-8, which word2vec.c writes when it cuts long ones: 'refuse' is an error, 'replace' puts U+FFFD. Default 'refuse'. */
  invalidText?: 'refuse' | 'replace';
  /** Called after each piece that was read, with the number of bytes so far. */
  onProgress?: (bytes: number) => void;
  /** Stops reading; the signal's reason is thrown. */
  signal?: AbortSignal;
}
