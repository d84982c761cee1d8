// What the scan of all public functions does not show to refuse misspelt options, each with the reason. The lists may only become shorter.

/** Another argument is looked at before the options are, and the scan gives none that is right: an error about that one comes first. */
export const anotherFirst: readonly string[] = [
  '@kk/attention CausalSelfAttention.load',
  '@kk/attention MultiHeadAttention.attentionWeights',
  '@kk/attention MultiHeadAttention.forward',
  '@kk/attention inspectHeads',
  '@kk/attention inspectSelfAttention',
  '@kk/attention rotaryAngles',
  '@kk/cli run',
  '@kk/corpora/arithmetic arithmetic',
  '@kk/corpora/arithmetic writeArithmetic',
  '@kk/embeddings responsibleSentencesInSteps',
  '@kk/embeddings rotaryDecayPlot',
  '@kk/embeddings rotaryPlot',
  '@kk/finetune GroupTuning.run',
  '@kk/finetune SupervisedTuning.run',
  '@kk/finetune addLora',
  '@kk/finetune rejectionSampling',
  '@kk/finetune/node loadAdapter',
  '@kk/gpt BatchDecoder.add',
  '@kk/gpt createTransformer',
  '@kk/gpt evaluate',
  '@kk/gpt new GPT',
  '@kk/gpt new Llama',
  '@kk/gpt new TaskTrainer',
  '@kk/gpt new Trainer',
  '@kk/gpt resizeVocabulary',
  '@kk/gpt/data new PackedDocuments',
  '@kk/gpt/data openTokenBlob',
  '@kk/gpt/data openTokens',
  '@kk/gpt/node resumeTrainer',
  '@kk/gpt/node saveCheckpoint',
  '@kk/gpt/node saveModel',
  '@kk/nn-core Optimizer.step',
];

/** The constructors of errors: the package that throws them makes them, and nobody else. */
export const errors: readonly string[] = ['@kk/embeddings new VectorFileError', '@kk/gpt/download new DownloadError', '@kk/nn-core new SafetensorsError'];

/** Methods of types that the caller implements, or of which a function returns the objects: there is no public class to call them on. */
export const withoutClass: readonly string[] = [
  '@kk/attention CachedSequence.evict',
  '@kk/gpt LanguageModel.createCache',
  '@kk/gpt/download FetchModelOptions.fetch',
  '@kk/gpt/explain Inspection.predictions',
  '@kk/gpt/scaling ScalingLaw.predict',
  '@kk/markov TextCoder.encode',
  '@kk/tokenizer Tokenizer.encode',
  '@kk/tokenizer Tokenizer.encodeBatch',
  '@kk/tokenizer Tokenizer.encodeWithDetails',
  '@kk/tokenizer Tokenizer.encodeWithDetailsInSteps',
  '@kk/tokenizer Tokenizer.count',
  '@kk/tokenizer Tokenizer.isWithinLimit',
  '@kk/tokenizer Tokenizer.startEncoding',
  '@kk/tokenizer Tokenizer.decode',
  '@kk/tokenizer Tokenizer.decodeBatch',
  '@kk/tokenizer Tokenizer.startDecoding',
];
