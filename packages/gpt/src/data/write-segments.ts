// Writes pieces of text side by side into a row, each as a segment that sees no other.
import { checkOptions } from '@kk/nn-core';
import type { TokenIds } from '../training/token-ids.js';
import type { PackedRowBatch } from './training-rows.js';

/** A piece of text in a row. */
export interface RowPiece {
  readonly inputs: TokenIds;
  /** As many: at each place the token that follows, or -1 where nothing is to be predicted. */
  readonly targets: TokenIds;
}

/**
 * @param batch the row's places hold nothing yet (`emptyRows`)
 * @param row which of the batch's rows, from 0
 * @param pieces together at most as long as a row; the rest of the row becomes filler, which sees only itself
 * @param options.restartPositions whether the positions of each piece begin at 0; default true
 */
export function writeSegments({ inputs, targets, segments, positions }: PackedRowBatch, row: number, contextLength: number, pieces: readonly RowPiece[], options: { restartPositions?: boolean } = {}): void {
  checkOptions<{ restartPositions?: boolean }>('writeSegments', options, { restartPositions: 'flag' });
  const { restartPositions = true } = options;
  const place = row * contextLength;
  let at = place;
  pieces.forEach((piece, segment) => {
    const { length } = piece.inputs;
    inputs.set(piece.inputs, at);
    targets.set(piece.targets, at);
    segments.fill(segment, at, at + length);
    for (let position = 0; position < length; position++) positions[at + position] = restartPositions ? position : at - place + position;
    at += length;
  });
  segments.fill(pieces.length, at, place + contextLength);
}
