# gensim's side of lib/neighbours.mjs. Arguments: the file with all vectors, the file that is loaded, the number of questions. Prints JSON.
import json
import statistics
import sys
import time

from gensim.models import KeyedVectors

everything, some, count = sys.argv[1], sys.argv[2], int(sys.argv[3])


def clock():
    return time.perf_counter(), time.process_time()


started = clock()
KeyedVectors.load_word2vec_format(some)
loaded = [after - before for before, after in zip(started, clock())]

vectors = KeyedVectors.load_word2vec_format(everything)
started = time.perf_counter()
vectors.fill_norms()
preparation = (time.perf_counter() - started) * 1000
questions = vectors.index_to_key[1000:1000 + count]
answers = [[word for word, _ in vectors.most_similar(question, topn=10)] for question in questions[:3]]
times = []
started = time.process_time()
for question in questions:
    before = time.perf_counter()
    vectors.most_similar(question, topn=10)
    times.append((time.perf_counter() - before) * 1000)
processor = (time.process_time() - started) * 1000 / count
print(json.dumps({
    'middle': statistics.median(times), 'fastest': min(times), 'processor': processor, 'preparation': preparation,
    'loadSeconds': loaded[0], 'loadProcessorSeconds': loaded[1], 'answers': answers,
}))
