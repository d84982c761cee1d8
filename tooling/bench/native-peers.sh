#!/bin/sh
# Builds SentencePiece, irstlm and fastText from the sources that Debian has, for the processor of this machine, with -O3 -march=native; Debian's packages are built
# with -O2 for every x86-64 (SSE2). `pnpm bench` uses the programs in FOLDER/bin when KK_PEERS=FOLDER.
#
#   tooling/bench/native-peers.sh FOLDER    needs apt-get, cmake, g++ and zlib1g-dev; about five minutes
set -eu
[ $# -eq 1 ] || { echo "usage: native-peers.sh FOLDER" >&2; exit 2; }
mkdir -p "$1/sources/lists/partial" "$1/bin"
folder=$(cd "$1" && pwd)
cd "$folder/sources"

# Debian's list of sources, in this folder alone. Only the archives of the authors are needed, without Debian's patches.
echo 'deb-src http://deb.debian.org/debian bookworm main' > sources.list
apt() { apt-get -qq -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$PWD/lists" "$@"; }
apt update
apt source --download-only --tar-only sentencepiece irstlm fasttext
for name in sentencepiece irstlm fasttext; do
  mkdir -p "$name"
  tar -xf "$name"_*.orig.tar.* -C "$name" --strip-components=1
done

flags='-O3 -march=native -DNDEBUG'
cmake -S sentencepiece -B sentencepiece/build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="$flags" -DSPM_ENABLE_SHARED=OFF
cmake --build sentencepiece/build -j "$(nproc)" --target spm_train
cp sentencepiece/build/src/spm_train "$folder/bin/"

# The flags of its Makefile, and ours.
# shellcheck disable=SC2086 # flags are a list
(cd fasttext/src && g++ $flags -funroll-loops -std=c++17 -w ./*.cc -o "$folder/bin/fasttext" -lpthread)

# Every file of irstlm with a main of its own, except that of tlm, is another program. The definitions are those of its Makefile.am.
cd irstlm/src
definitions='-D_FILE_OFFSET_BITS=64 -D_LARGE_FILES -DMYCODESIZE=3'
library=$(grep -LE '^int main' ./*.cpp)
gcc $flags $definitions -w -c cmd.c thpool.c
# shellcheck disable=SC2086 # flags and names are lists
g++ $flags $definitions -w tlm.cpp $library cmd.o thpool.o -lz -lpthread -o "$folder/bin/tlm"
