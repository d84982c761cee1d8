// The technical terms in English, alphabetical by their key. Short means: one sentence that can stand alone.
import type { GlossaryEntry, TermName } from './index.js';

const en: Record<TermName, GlossaryEntry> = {
  adapter: {
    term: 'Adapter (LoRA)',
    short: 'A small addition to a finished model: only its numbers are trained, those of the model stay as they are.',
    long: 'With LoRA, presented in 2021, a pair of two narrow matrices stands beside a large one, a rectangle of weights; what the pair computes is added to the result of the large one. An adapter is small, can be switched off and swapped for another, or it is computed into the model.',
  },
  attention: {
    term: 'Attention',
    short: 'The part of a transformer with which each token looks up which earlier tokens matter to it.',
    long: 'Each token has a query and offers a key, both of them lists of numbers. Where a query fits a key well, much of the value of the earlier token flows in, otherwise little. The shares add up to 1. A GPT never looks ahead: the future is covered.',
  },
  bit: {
    term: 'Bit',
    short: 'The measure of surprise: one bit is as much as the result of a fair coin toss.',
    long: 'An event with probability p carries −log₂ p bits. A chance of 1 in 2 is one bit, 1 in 4 is two, 1 in 1,024 is ten. Models often compute with the natural logarithm; the unit is then the nat, and 1 nat is about 1.44 bits.',
  },
  byte: {
    term: 'Byte',
    short: 'The smallest portion in which computers store text: a number from 0 to 255.',
    long: 'A byte has eight places, each 0 or 1. In UTF-8, plain letters need one byte, “ä” two, “€” three and most emojis four. Whoever starts from bytes can take apart any text in the world.',
  },
  'byte-pair-encoding': {
    term: 'Byte-pair encoding (BPE)',
    short: 'A method that learns a vocabulary from text: again and again, it glues together the most frequent pair of neighbouring pieces.',
    long: 'It begins with single bytes. Every merge makes a new token, until the vocabulary is large enough. To take a text apart, the learned merges are applied in the same order. In 1994 it was a method of compression; since GPT-2, most language models use it.',
  },
  'chat-template': {
    term: 'Chat template',
    short: 'The rule by which a conversation becomes a single text, with signs for who is speaking.',
    long: 'A language model knows no conversations, only text. So the template puts special tokens before and after each turn, for example <|im_start|> and <|im_end|>. Whoever asks a model with another template than the one it learned with gets worse answers.',
  },
  'context-length': {
    term: 'Context length',
    short: 'How many tokens a model can have in front of it at once.',
    long: 'What lies further back does not exist for the model. GPT-2 sees 1,024 tokens, the large models of today see hundreds of thousands. With ordinary attention the work grows roughly with the square of the length.',
  },
  corpus: {
    term: 'Corpus',
    short: 'The collection of texts that a model learns from.',
    long: 'A model can only give back what its corpus suggests, with all its gaps and prejudices. Large models learn from trillions of tokens, mostly from the web. The stories in this course are written by a grammar with a random generator, so it is known exactly how predictable they are.',
  },
  cosine: {
    term: 'Cosine',
    short: 'A measure of how similar the directions of two vectors are: 1 for the same, 0 for unrelated, −1 for opposite directions.',
    long: 'Multiply the numbers of both lists place by place, add everything up and divide by both lengths. How long the vectors are then makes no difference, only where they point. For words a high cosine means that they are used alike.',
  },
  'cross-entropy': {
    term: 'Cross-entropy',
    short: 'The average surprise of a model about a text that it did not write itself.',
    long: 'For each token, −log p is computed, where p is the probability that the model gave it; the average is the cross-entropy. It is never smaller than the entropy of the language itself, and the distance says what the model still lacks. In training it is the loss.',
  },
  distribution: {
    term: 'Distribution',
    short: 'The list of everything that can happen with its probabilities, which add up to 1.',
    long: 'A language model does not predict one token but a distribution over its whole vocabulary. Only rolling the dice makes a token of it. If the distribution is peaked, the model is sure; if it is flat, it thinks many things possible.',
  },
  dpo: {
    term: 'DPO',
    short: 'A method that lets a model learn from preferences directly, without a reward model of its own.',
    long: 'With each pair, the preferred answer is made more probable than it was for the model before, and the other one less. The loss begins at ln 2 and falls as the difference grows. The name stands for direct preference optimization; Rafael Rafailov and his colleagues presented it in 2023.',
  },
  embedding: {
    term: 'Embedding',
    short: 'The list of numbers by which a model represents a token: its place in a space with many directions.',
    long: 'At first the places are random; training moves tokens together that are used alike. How similar two of them are is often measured by the cosine of the angle between them. In GPT-2 each token has 768 numbers or more.',
  },
  entropy: {
    term: 'Entropy',
    short: 'How surprising something is on average when its probabilities are known exactly.',
    long: 'Each possibility contributes its surprise −log₂ p, weighted by p. A fair die has 2.58 bits, a loaded one fewer, a certainty 0. In 1951 Claude Shannon estimated, with people guessing, that English has about one bit per letter.',
  },
  epoch: {
    term: 'Pass (epoch)',
    short: 'Once through all examples: after that the model has seen each of them exactly once.',
    long: 'In the pretraining of large models, most texts are read only once or a few times. Fine-tuning with few examples often takes three to fifteen passes, in this course even more. The more there are, the sooner things are learned by heart.',
  },
  'fine-tuning': {
    term: 'Fine-tuning',
    short: 'Training a finished model further with a few examples of your own, so that it writes differently.',
    long: 'The weights do not start at random but where the big training ended. That is why a few examples and seconds are enough. Too much of it, and the model forgets what it could do before.',
  },
  forgetting: {
    term: 'Forgetting',
    short: 'A model learns something new and loses what it was able to do before.',
    long: 'Old and new are in the same weights. If training changes them for new examples only, nothing sees to it that the old is kept. For neural networks this has been known since 1989; it is also called catastrophic forgetting. What helps is to go on reading old texts, to learn more carefully, or an adapter that can be switched off again.',
  },
  gpt: {
    term: 'GPT',
    short: 'A kind of language model: a transformer that writes forward, token by token.',
    long: 'The letters stand for Generative Pre-trained Transformer. All GPTs solve the same task, predicting the next token, and differ mostly in size: in 2019 GPT-2 had up to 1.5 billion parameters. The models in this course are built in the same way, only much smaller.',
  },
  gradient: {
    term: 'Gradient',
    short: 'For each parameter, the answer to a question: does the loss grow or shrink if I turn it a little?',
    long: 'Training turns each parameter a small bit against its gradient, that is, downhill. All gradients are computed at once by going through the calculation backwards.',
  },
  grammar: {
    term: 'Grammar',
    short: 'Here: rules by which a program rolls stories with dice.',
    long: 'Each rule says what a part of a sentence can consist of and how probable each possibility is. As all probabilities are known, so is the exact entropy of the stories: on average, no model can predict them better.',
  },
  greedy: {
    term: 'Greedy choice',
    short: 'Always taking the most probable token, without dice.',
    long: 'The result is the same every time. Often the text runs into a loop, because the most probable makes itself probable again. A temperature of 0 means the same.',
  },
  hallucination: {
    term: 'Hallucination',
    short: 'A statement that a model writes fluently and with confidence although it is not true.',
    long: 'A language model writes what sounds probable; whether it is true does not occur in the calculation. Where it knows little, the invented sounds as smooth as the known. Looking things up in sources helps, but does not remove the problem.',
  },
  head: {
    term: 'Head',
    short: 'One of several ways of looking back in a layer; each head has queries, keys and values of its own.',
    long: 'The heads of a layer work side by side, and their results are joined. What each looks for comes about in training. The small model of this course has four in each layer, GPT-2 has twelve to twenty-five, large models have up to more than a hundred.',
  },
  'held-out-text': {
    term: 'Held-out text',
    short: 'Text that a model has not seen in training, so that one can check honestly what it has learned.',
    long: 'On the training text, something learned by heart can look good, too. Only the loss on held-out text shows whether the model has learned something general.',
  },
  'hidden-layer': {
    term: 'Hidden layer',
    short: 'The neurons between input and output of a network: they look for patterns of which the output puts together its answer.',
    long: 'It is called hidden because nobody tells it what to look for; that comes about by learning. Several such layers one after the other make a network deep. Without the curved function in each neuron, many layers could do no more than one.',
  },
  'induction-head': {
    term: 'Induction head',
    short: 'A head that looks up what followed the same token the last time, and suggests it again.',
    long: 'It takes two layers: an earlier head notes at each token which one stood before it; the induction head uses this to find the place after the same token. In this way a model goes on with patterns that it never saw before. In the small models of this course we found none.',
  },
  instruction: {
    term: 'Instruction',
    short: 'A text that says what to do; from pairs of an instruction and an answer a model learns to follow them.',
    long: 'After pretraining a model only continues every text, even a question, perhaps with the next question. Only examples of instructions and good answers teach it to answer. This is called supervised fine-tuning (SFT).',
  },
  key: {
    term: 'Key',
    short: 'The list of numbers by which a token is found by later tokens.',
    long: 'A head computes it from the vector of the token. The better the query of a later token fits it, the more attention it gets.',
  },
  'kl-divergence': {
    term: 'KL divergence',
    short: 'A measure of how far the probabilities of one model have moved from those of another.',
    long: 'One lets the first model write, and takes the mean of how much larger the logarithm of the probability is for it than for the other. 0 means that both are alike. It is not symmetric. In learning from preferences it serves as a leash. It is named after Kullback and Leibler (1951).',
  },
  'language-model': {
    term: 'Language model',
    short: 'A program that says, for the beginning of a text, how probable each token is as the next one.',
    long: 'That is all it is: text in, distribution out. Roll the dice, append the result, and it can write. A Markov chain is a language model, and so is a GPT.',
  },
  layer: {
    term: 'Layer',
    short: 'A stage of the model: first attention fetches something from other tokens, then a small network digests it.',
    long: 'All layers are built alike, but have weights of their own. What a layer works out is added to the numbers of each token. In a transformer, a layer is also called a block.',
  },
  'learning-rate': {
    term: 'Learning rate',
    short: 'How far training moves the parameters in each step.',
    long: 'Too small, and it takes forever; too large, and the loss jumps up. It usually rises gently at the beginning and falls slowly until the end.',
  },
  'logit-lens': {
    term: 'Logit lens',
    short: 'A look into the middle of the model: which token would be in front if it ended after this layer?',
    long: 'One takes the numbers of a token after a middle layer and goes on with them as is usually done at the end. As the middle layers did not learn for this, the result is a hint, not a record. The name is from 2020.',
  },
  logits: {
    term: 'Logits',
    short: 'The raw scores that a model gives each token before they become probabilities.',
    long: 'Logits can be as large, as small and as negative as they like. Only their distances count: adding the same to all of them changes nothing. Softmax turns them into probabilities; temperature and penalties change them before.',
  },
  loss: {
    term: 'Loss',
    short: 'The number that training should make smaller: how wrong the model is at the moment.',
    long: 'For language models it is the cross-entropy, the average surprise per token, mostly in nats. A model that guesses blindly among 1,000 tokens has a loss of 6.9.',
  },
  'markov-chain': {
    term: 'Markov chain',
    short: 'A model that knows only the last few pieces and has counted what came after them in a text.',
    long: 'It consists of one table: for each beginning, how often each piece followed. In 1913 Andrei Markov counted the letters of a novel by Pushkin in this way. Without smoothing, it cannot write what it never counted.',
  },
  mask: {
    term: 'Mask',
    short: 'What covers the tokens that a token may not look at; in a GPT all those that come after it.',
    long: 'The scores of covered tokens are set to minus infinity before the softmax, so that their share is exactly zero. Thus a model can guess at all places of a text at once in training without copying. BERT has no such mask and looks in both directions.',
  },
  merge: {
    term: 'Merge',
    short: 'A step of byte-pair encoding: two pieces that often stand side by side become one token.',
    long: 'The merges are in a list, and their order counts: early ones are applied first. GPT-2 has exactly 50,000.',
  },
  'min-p': {
    term: 'Min-p',
    short: 'Allowing, when the dice are rolled, only tokens that are at least a certain fraction as probable as the most probable one.',
    long: 'With min-p 0.1 and a leader at 60%, everything below 6% is dropped. When the model is unsure, more tokens stay in the game; when it is sure, fewer.',
  },
  'n-gram': {
    term: 'N-gram',
    short: 'A sequence of n pieces of a text, for example three words in a row.',
    long: 'Two are called a bigram, three a trigram. A Markov chain with memory 2 counts trigrams: two pieces that it sees, and one that follows. The number of possible sequences grows so fast with n that most never occur.',
  },
  'neural-network': {
    term: 'Neural network',
    short: 'A calculation of many simple steps whose numbers are set by examples.',
    long: 'Each neuron adds up its inputs by weight and passes the result through a curved function. Many of them in a row can come close to almost any relation. With nerve cells it shares only the name and a rough idea.',
  },
  neuron: {
    term: 'Neuron',
    short: 'A small calculation: multiply each input by a weight, add everything up, and pass the result through a curved function.',
    long: 'Besides the weights there is a base value that counts without any input. The curved function turns everything negative to zero, for example (ReLU), or presses the sum between 0 and 1 (sigmoid). The name comes from nerve cells, which were the model for it.',
  },
  order: {
    term: 'Memory (order)',
    short: 'How many pieces a Markov chain looks back before it rolls the next one.',
    long: 'With memory 1 each pair fits, and no more. With every step more the text gets smoother, but for its long beginnings the chain finds only a single continuation, and copies.',
  },
  overfitting: {
    term: 'Overfitting',
    short: 'A model learns its examples by heart instead of learning what they have in common.',
    long: 'One sees it when the loss on the training text keeps falling while it rises again on held-out text. More text, a smaller model or stopping earlier helps.',
  },
  parameters: {
    term: 'Parameters (weights)',
    short: 'The numbers in a model that are set by training.',
    long: 'All that the model has learned is in them; the program around them is short. The models that come with this course have about 1.1 million each, GPT-2 had up to 1.5 billion, the large models of today have hundreds of billions.',
  },
  perplexity: {
    term: 'Perplexity',
    short: 'Among how many equally probable tokens the model had to choose on average.',
    long: 'It is e to the power of the cross-entropy in nats, or 2 to the power of the cross-entropy in bits. Perplexity 8 means: as unsure as with a die of eight sides. It may only be compared for the same text and the same tokens.',
  },
  preference: {
    term: 'Preference',
    short: 'A judgement about which of two answers somebody would rather have.',
    long: 'The prompt, the preferred answer and the other one are stored. Why is not recorded. Different people judge differently: for InstructGPT they agreed in not quite three cases of four.',
  },
  pretraining: {
    term: 'Pretraining',
    short: 'The first, large training of a model: very much text, and always the same task, to predict the next token.',
    long: 'This is where a model learns language and almost all that it knows. For large models it means trillions of tokens, and weeks or months on thousands of chips. The word is in the name GPT, too: generative pre-trained transformer.',
  },
  probability: {
    term: 'Probability',
    short: 'A number from 0 (does not happen) to 1 (is certain), often in percent.',
    long: 'For a language model it says what share a token would have if the dice were rolled very often. Whether that fits the language is measured on real text: what a good model predicts with 20% happens in about one case of five.',
  },
  prompt: {
    term: 'Prompt',
    short: 'The beginning of a text that a model is given and continues.',
    long: 'To the model it is text like any other. A conversation with a chat model, too, is a single long prompt in which signs mark who speaks.',
  },
  query: {
    term: 'Query',
    short: 'The list of numbers with which a token searches among earlier tokens.',
    long: 'A head computes it from the vector of the token. Query times key, number by number and then added up, gives the scores that become the shares of attention.',
  },
  'random-number': {
    term: 'Random number',
    short: 'A number that nobody can predict, or one that only looks like it.',
    long: 'Computers mostly calculate their random numbers: a generator turns a seed into a long sequence that looks random and can still be repeated exactly. That is why the same seed gives the same text.',
  },
  rank: {
    term: 'Rank',
    short: 'How narrow the two matrices of a LoRA adapter are: the smaller the rank, the fewer numbers it has.',
    long: 'A matrix with 128 rows and 384 columns has 49,152 numbers. A pair of rank 8 beside it has 128 × 8 and 8 × 384 numbers, 4,096 together. It can only express changes in eight directions. For a new style that is often enough.',
  },
  'reinforcement-learning': {
    term: 'Reinforcement learning',
    short: 'Learning from rewards: what brings more than usual is made more probable, and the rest less.',
    long: 'The model writes by itself, and only afterwards hears how good that was. What it should have written, nobody says. Well-known methods for language models are PPO and GRPO.',
  },
  'repetition-penalty': {
    term: 'Repetition penalty',
    short: 'Making tokens that are in the text already less probable when the dice are rolled.',
    long: 'Their logits are divided by the penalty or, if they are negative, multiplied by it. At 1 nothing happens; 1.1 to 1.3 are usual. Too much of it forbids “the” and “and” as well.',
  },
  replay: {
    term: 'Replay',
    short: 'Reading texts from before as well while fine-tuning, so that the model does not forget them.',
    long: 'In every step a share of old text is mixed in with the new examples, half of it, for example. Then training looks after both at once: the new is learned a little more slowly, and more of the old is kept. It takes the old text, or one like it.',
  },
  'reward-hacking': {
    term: 'Reward hacking',
    short: 'A model drives the reward up without doing what it was meant for.',
    long: 'A reward never measures just what one wants. As long as the two go together it helps; whoever drives it on drives them apart. It shows only in something that is measured separately. What helps is to stop early, or to limit the distance from the model before.',
  },
  'reward-model': {
    term: 'Reward model',
    short: 'A model that reads an answer and says with a number how much people would like it.',
    long: 'It learns from pairs: the preferred answer shall get the larger number. From the difference of two numbers follows the probability with which one of them wins (Bradley and Terry, 1952). With DPO the model itself takes this part.',
  },
  rlhf: {
    term: 'RLHF',
    short: 'A model learns from human feedback: first a reward model from comparisons, then the model from rewards.',
    long: 'The name stands for reinforcement learning from human feedback. In 2022, InstructGPT was made from GPT-3 in this way, and ChatGPT in the same way. Often methods without a reward model, such as DPO, are meant as well.',
  },
  sampling: {
    term: 'Rolling the dice (sampling)',
    short: 'Drawing a token at random from a model’s distribution, probable ones more often.',
    long: 'Imagine a line from 0 to 1 on which each token has as much room as it is probable; a random number points at one of them. Temperature, top-k, top-p and min-p change the line beforehand.',
  },
  seed: {
    term: 'Seed',
    short: 'The number with which a random generator begins: same seed, same chance.',
    long: 'With it, everything in this course can be repeated. It stands in the address of the page, so a shared link shows exactly the same.',
  },
  smoothing: {
    term: 'Smoothing',
    short: 'Giving a small probability even to what was never counted.',
    long: 'Without smoothing a single new pair of words would be infinitely surprising. One adds a little to every count, for example, or mixes in shorter memories. Too much smoothing turns the text back into a jumble of letters.',
  },
  softmax: {
    term: 'Softmax',
    short: 'The formula that turns scores into probabilities that add up to 1.',
    long: 'Each logit becomes e to the power of the logit, then all are divided by their sum. A lead of 1 makes a token 2.7 times as probable as the other.',
  },
  subword: {
    term: 'Subword',
    short: 'A piece of a word, of a few letters, that has a vector of its own or is a token of its own.',
    long: 'fastText cuts each word into all pieces of three to six characters, which overlap; the vector of a word is their mean. The tokens of language models are subwords, too, but they do not overlap: every text is cut in exactly one way.',
  },
  surprise: {
    term: 'Surprise',
    short: 'How unexpected a token was for a model: the smaller its probability, the larger.',
    long: 'It is −log₂ p, in bits. What was certain surprises with 0 bits, what had a chance of 1 in 1,000 with almost 10. The surprises of several tokens may be added up.',
  },
  temperature: {
    term: 'Temperature',
    short: 'A control for the dice: low almost always takes the most probable, high dares the unusual.',
    long: 'The logits are divided by the temperature before softmax. At 1 the distribution stays as the model learned it, towards 0 it becomes the greedy choice, and upwards it gets flatter and flatter.',
  },
  token: {
    term: 'Token',
    short: 'A piece of text that a language model computes with: a word, a part of a word, or a character.',
    long: 'Each token has a number (id). The list of all tokens is called the vocabulary; large models have 50,000 to 250,000. A space usually belongs to the token that follows it.',
  },
  'token-id': {
    term: 'Token id',
    short: 'The number of a token in the vocabulary: the only thing that the model sees of it.',
    long: 'The numbers mean nothing; 17 is no more similar to 18 than to 4,000. Only the embedding gives each number a place where similarity has a meaning.',
  },
  'top-k': {
    term: 'Top-k',
    short: 'Allowing only the k most probable tokens when the dice are rolled.',
    long: 'With k = 40 everything from rank 41 on is dropped, and the rest is brought back to 1. The limit is rigid: when the model is sure it lets too much through, when it is unsure too little.',
  },
  'top-p': {
    term: 'Top-p (nucleus)',
    short: 'Allowing, when the dice are rolled, only the most probable tokens that together reach the share p.',
    long: 'With p = 0.9, as many stay as add up to 90%: sometimes two tokens, sometimes two hundred. The method is from 2019.',
  },
  training: {
    term: 'Training',
    short: 'Setting the parameters of a model by examples, in many small steps.',
    long: 'Each step takes a few pieces of text, measures the loss, computes the gradients and turns each parameter a little in the better direction. The small models here need thousands of steps, large ones millions, and months.',
  },
  transformer: {
    term: 'Transformer',
    short: 'The neural network behind the language models of today; its core is attention.',
    long: 'It consists of layers that are built alike, also called blocks. In each, the tokens first fetch something from the earlier ones by attention, then a small network computes on for each token by itself. It was presented in 2017, for translation.',
  },
  'utf-8': {
    term: 'UTF-8',
    short: 'The usual way of storing the characters of all languages as bytes.',
    long: 'A character takes one to four bytes. A token can end in the middle of a character; by itself it is then not readable, and only the next one makes it an “ä”.',
  },
  value: {
    term: 'Value',
    short: 'The list of numbers that a token gives when another one looks at it.',
    long: 'The values of all tokens that are looked at are mixed by their shares. What a token gives can be something else than what it is found by.',
  },
  vocabulary: {
    term: 'Vocabulary',
    short: 'The list of all tokens that a model knows, each with its number.',
    long: 'A small vocabulary makes texts long, a large one makes the model large. GPT-2 has 50,257 tokens, newer models up to 250,000, because they read many languages and programs.',
  },
  weat: {
    term: 'WEAT',
    short: 'A test that measures whether in word vectors some things are nearer to some people than other things are.',
    long: 'For each thing, its mean cosine with both groups of people is compared. The p-value is the share of all divisions of the things for which the difference would be at least as large. The effect size is the difference of the means divided by the spread; it is between −2 and 2.',
  },
  weight: {
    term: 'Weight',
    short: 'A number that says how strongly, and in which direction, an input of a neuron counts.',
    long: 'In training the weights are changed in small steps so that the loss goes down. Weights and base values together are also called parameters; what a network has learned is in them alone.',
  },
  'word-vector': {
    term: 'Word vector',
    short: 'The list of numbers that gives the place of a word, learned from its neighbourhood in texts.',
    long: 'Word vectors became known in 2013 with word2vec, mostly with 100 to 300 numbers per word; here there are 16. Each word has exactly one place, even if it has several meanings. In a language model, the list with which a token begins is called its embedding.',
  },
  'zipfs-law': {
    term: 'Zipf’s law',
    short: 'In almost every text the second most frequent word is half as frequent as the first, the third a third as frequent, and so on.',
    long: 'Draw rank and frequency, both axes in steps of ten, and the result is almost a straight line. Very many words occur only once, which is why a model never sees enough text.',
  },
};

export default en;
