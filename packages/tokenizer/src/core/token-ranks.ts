// Describes the tokens of a vocabulary that is only a list of byte sequences in order of rank, as that of a .tiktoken file is. A type only.

/** The bytes of tokens by their rank. */
export interface TokenRanks {
  /** The bytes of all tokens, rank after rank. */
  bytes: Uint8Array;
  /** Where the bytes of each rank start, plus one last entry where they end. A rank without bytes is a hole. */
  starts: Int32Array;
}
