// Writes a tokenizer as SentencePiece's model file, if it was read from one, was trained as Unigram, or has the same layout.

import { byteOfToken } from '../../text/byte-tokens.js';
import { Charsmap } from '../../normalizers/charsmap.js';
import type { Normalizer } from '../../normalizers/normalizer.js';
import type { PipelineParts } from '../../pipeline/parts.js';
import type { Tokenizer } from '../../core/tokenizer.js';
import { PipelineTokenizer } from '../../pipeline/pipeline-tokenizer.js';
import { UnknownSurfaceDecoder } from '../../decoders/sentence-piece.js';
import { DEFAULT_UNKNOWN_SURFACE, modelTypes, pieceTypes, writeModelProto } from './model-proto.js';
import { SentencePieceNormalizer, type SentencePieceNormalizerOptions } from '../../normalizers/sentence-piece.js';

/**
 * The content of a `.model` file.
 * @throws {TypeError} when the tokenizer is not Unigram or BPE with ▁ for spaces; the format holds nothing else
 */
export async function sentencePieceFromTokenizer(tokenizer: Tokenizer): Promise<Uint8Array> {
  const parts = tokenizer instanceof PipelineTokenizer ? tokenizer.parts : undefined;
  const normalizer = parts && normalizerOptions(parts.normalizer);
  if (!parts || !normalizer || parts.preTokenizer || (parts.model.type !== 'Unigram' && parts.model.type !== 'BPE')) {
    throw new TypeError('A SentencePiece model holds Unigram or BPE with ▁ for spaces and no other pre-tokenizer; this tokenizer is laid out otherwise. Save it as tokenizer.json.');
  }
  const scores = scoresOf(parts);
  const tokens = parts.tokens.filter((token) => token !== undefined);
  if (tokens.length < parts.tokens.length) throw new TypeError('A SentencePiece model has a piece for every id; this tokenizer has ids without a token. Save it as tokenizer.json.');
  return writeModelProto({
    pieces: tokens.map((piece, id) => ({ piece, score: scores[id], type: typeOf(parts, piece, id) })),
    trainer: {
      modelType: parts.model.type === 'Unigram' ? modelTypes.unigram : modelTypes.bpe,
      whiteSpaceAsSuffix: normalizer.whiteSpaceAsSuffix,
      byteFallback: parts.model.byteFallback,
      unknownSurface: parts.decoder instanceof UnknownSurfaceDecoder ? parts.decoder.surface : DEFAULT_UNKNOWN_SURFACE,
    },
    normalizer: { ...normalizer, charsmap: normalizer.charsmap?.bytes ?? new Uint8Array(0) },
  });
}

function typeOf({ addedTokens, model }: PipelineParts, piece: string, id: number): number {
  const unknown = model.type === 'Unigram' ? model.unknownId === id : model.type === 'BPE' && model.unknownToken === piece;
  if (unknown) return pieceTypes.unknown;
  const added = addedTokens.find(({ content }) => content === piece);
  if (added) return added.special ? pieceTypes.control : pieceTypes.userDefined;
  if ('byteFallback' in model && model.byteFallback && byteOfToken(piece) !== undefined) return pieceTypes.byte;
  return model.type === 'Unigram' && model.unreachable?.has(id) ? pieceTypes.unused : pieceTypes.normal;
}

/** The scores of the tokens. In BPE, earlier merges get higher scores; tokens that are never merged come last. */
function scoresOf({ model, tokens }: PipelineParts): number[] {
  if (model.type === 'Unigram') return tokens.map((_, id) => model.pieces[id]?.[1] ?? 0);
  const scores = new Map<string, number>();
  if (model.type === 'BPE') {
    model.merges.forEach(([left, right], i) => {
      if (!scores.has(left + right)) scores.set(left + right, -(model.ranks?.[i] ?? i));
    });
  }
  const last = -tokens.length;
  return tokens.map((token, id) => scores.get(token ?? '') ?? ([...(token ?? '')].length === 1 ? last - id : 0));
}

/** The normalizer as SentencePiece options; undefined if they cannot express it. */
function normalizerOptions(normalizer: Normalizer | undefined): SentencePieceNormalizerOptions | undefined {
  if (normalizer instanceof SentencePieceNormalizer) return normalizer.options;
  const written = normalizer?.toJSON();
  const steps = Array.isArray(written?.normalizers) ? (written.normalizers as Record<string, unknown>[]) : [];
  const table = steps.find(({ type }) => type === 'Precompiled')?.precompiled_charsmap;
  const charsmap = typeof table === 'string' ? new Charsmap(Uint8Array.from(atob(table), (character) => character.charCodeAt(0))) : undefined;
  for (const addDummyPrefix of [true, false]) {
    for (const removeExtraWhiteSpaces of [true, false]) {
      const options = { charsmap, addDummyPrefix, removeExtraWhiteSpaces, escapeWhiteSpaces: true, whiteSpaceAsSuffix: false, symbols: [] };
      const candidate = JSON.stringify(new SentencePieceNormalizer(options).toJSON());
      // Llama 2's file prepends ▁ to the text; ours prepends a space, which becomes ▁.
      if ([candidate, candidate.replace('"prepend":" "', '"prepend":"\u2581"')].includes(JSON.stringify(written))) return options;
    }
  }
  return undefined;
}
