// Creates a tokenizer from SentencePiece's model file (BPE, Unigram or characters). Its ids equal those of `spm_encode`.

import { checkOptions } from '@kk/options';
import type { AddedToken } from '../../core/added-tokens.js';
import { Charsmap } from '../../normalizers/charsmap.js';
import type { ModelData } from '../../pipeline/parts.js';
import { TemplateProcessing, type TemplatePlace } from '../../post-processors/template.js';
import { isWellFormed, quote } from '../../text/well-formed.js';
import { PipelineTokenizer } from '../../pipeline/pipeline-tokenizer.js';
import { type ModelProto, modelTypes, pieceTypes, readModelProto } from './model-proto.js';
import { sentencePieceDecoder, UnknownSurfaceDecoder } from '../../decoders/sentence-piece.js';
import { SentencePieceNormalizer } from '../../normalizers/sentence-piece.js';

export interface SentencePieceOptions {
  /** Tokens to put before and after every text, such as `<s>` and `</s>`. Default none, as in `spm_encode`. */
  before?: readonly string[];
  after?: readonly string[];
}

/**
 * @param bytes  the content of a `.model` file
 * @throws {RangeError} naming what is wrong with it
 */
export async function tokenizerFromSentencePiece(bytes: Uint8Array | ArrayBuffer, options: SentencePieceOptions = {}): Promise<PipelineTokenizer> {
  checkOptions<SentencePieceOptions>('tokenizerFromSentencePiece', options, { before: 'optional', after: 'optional' });
  const proto = await readModelProto(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  checkPieces(proto);
  const unknownId = proto.pieces.findIndex(({ type }) => type === pieceTypes.unknown);
  if (unknownId < 0) throw new RangeError('The SentencePiece model has no piece of the type UNKNOWN; expected one.');
  const { normalizer, trainer } = proto;
  const tokens = proto.pieces.map(({ piece }) => piece);
  const userDefined = proto.pieces.filter(({ type }) => type === pieceTypes.userDefined).map(({ piece }) => piece);
  const addedTokens = proto.pieces.flatMap(({ piece, type }): AddedToken[] => {
    if (type === pieceTypes.control || type === pieceTypes.unknown) return [{ content: piece, special: true }];
    return type === pieceTypes.userDefined ? [{ content: piece, special: false, normalized: true }] : [];
  });
  return new PipelineTokenizer({
    tokens,
    addedTokens,
    normalizer: new SentencePieceNormalizer({
      charsmap: normalizer.charsmap.length > 0 ? new Charsmap(normalizer.charsmap) : undefined,
      addDummyPrefix: normalizer.addDummyPrefix,
      removeExtraWhiteSpaces: normalizer.removeExtraWhiteSpaces,
      escapeWhiteSpaces: normalizer.escapeWhiteSpaces,
      whiteSpaceAsSuffix: trainer.whiteSpaceAsSuffix,
      symbols: userDefined,
    }),
    model: modelOf(proto, tokens, unknownId),
    postProcessor: templateOf(options, tokens),
    decoder: new UnknownSurfaceDecoder(sentencePieceDecoder(normalizer), tokens[unknownId], trainer.unknownSurface),
  });
}

function checkPieces({ pieces }: ModelProto): void {
  if (pieces.length === 0) throw new RangeError('The SentencePiece model has no pieces; expected the content of a .model file.');
  const known = Object.values(pieceTypes) as number[];
  const seen = new Set<string>();
  pieces.forEach(({ piece, score, type }, i) => {
    if (piece === '' || !isWellFormed(piece)) throw new RangeError(`pieces[${i}].piece of the SentencePiece model is ${quote(piece)}; expected at least one character.`);
    if (seen.has(piece)) throw new RangeError(`pieces[${i}].piece of the SentencePiece model is ${quote(piece)}, which occurred before.`);
    if (!Number.isFinite(score)) throw new RangeError(`pieces[${i}].score of the SentencePiece model is ${score}; expected a number.`);
    if (!known.includes(type)) throw new RangeError(`pieces[${i}].type of the SentencePiece model is ${type}; expected 1 to 6.`);
    seen.add(piece);
  });
}

function modelOf({ pieces, trainer }: ModelProto, tokens: readonly string[], unknownId: number): ModelData {
  const { modelType, byteFallback } = trainer;
  if (modelType === modelTypes.unigram) {
    const idsOf = (...types: number[]): Set<number> => new Set(pieces.flatMap(({ type }, id) => (types.includes(type) ? [id] : [])));
    return {
      type: 'Unigram',
      pieces: pieces.map(({ piece, score }) => [piece, score]),
      unknownId,
      byteFallback,
      bits: 32,
      unreachable: idsOf(pieceTypes.byte, pieceTypes.unused),
      userDefined: idsOf(pieceTypes.userDefined),
    };
  }
  if (modelType !== modelTypes.bpe && modelType !== modelTypes.char) {
    throw new RangeError(`trainer_spec.model_type of the SentencePiece model is ${modelType}; expected 1 (Unigram), 2 (BPE) or 4 (characters).`);
  }
  if (pieces.some(({ type }) => type === pieceTypes.unused)) throw new RangeError('The SentencePiece model is BPE and has pieces of the type UNUSED, which this package does not implement.');
  return {
    type: 'BPE',
    tokens,
    ...(modelType === modelTypes.bpe ? mergesOf(pieces) : { merges: [] }),
    unknownToken: tokens[unknownId],
    prefix: '',
    suffix: '',
    fuseUnknown: true,
    byteFallback,
    ignoreMerges: false,
    dropout: null,
  };
}

/** Two pieces merge wherever their joined text is a piece; the higher its score, the earlier. */
function mergesOf(pieces: ModelProto['pieces']): { merges: [string, string][]; ranks: number[] } {
  const normal = pieces.filter(({ type }) => type === pieceTypes.normal);
  const known = new Set(normal.map(({ piece }) => piece));
  const scores = [...new Set(normal.map(({ score }) => score))].sort((a, b) => b - a);
  const rankOf = new Map(scores.map((score, rank) => [score, rank]));
  const merges: { pair: [string, string]; rank: number }[] = [];
  for (const { piece, score } of normal) {
    let cut = 0;
    for (const character of piece) {
      cut += character.length;
      const pair: [string, string] = [piece.slice(0, cut), piece.slice(cut)];
      if (known.has(pair[0]) && known.has(pair[1])) merges.push({ pair, rank: rankOf.get(score) as number });
    }
  }
  merges.sort((a, b) => a.rank - b.rank);
  return { merges: merges.map(({ pair }) => pair), ranks: merges.map(({ rank }) => rank) };
}

function templateOf({ before = [], after = [] }: SentencePieceOptions, tokens: readonly string[]): TemplateProcessing | undefined {
  if (before.length + after.length === 0) return undefined;
  const names = [...new Set([...before, ...after])];
  const parts = names.map((name) => {
    const id = tokens.indexOf(name);
    if (id < 0) throw new RangeError(`The token ${quote(name)} is not in the vocabulary of the SentencePiece model.`);
    return { name, ids: [id], tokens: [name] };
  });
  const around = (sequence: 0 | 1): TemplatePlace[] => [...before.map((token) => ({ token, typeId: sequence })), { sequence, typeId: sequence }, ...after.map((token) => ({ token, typeId: sequence }))];
  return new TemplateProcessing(around(0), [...around(0), ...around(1)], parts);
}
