#!/bin/sh
# Builds SentencePiece and irstlm from Debian's sources for the processor of this machine, with -O3: Debian's packages are built for every x86-64
# (SSE2, -O2). `pnpm bench` uses what is in FOLDER/bin when KK_PEERS=FOLDER.
#
#   tooling/bench/native-peers.sh FOLDER    needs apt, a C++ compiler and cmake; about five minutes
set -eu
[ $# -eq 1 ] || { echo "usage: native-peers.sh FOLDER" >&2; exit 2; }
mkdir -p "$1/sources/lists/partial" "$1/bin"
folder=$(cd "$1" && pwd)
cd "$folder/sources"

# Debian's list of source packages, in this folder alone. Only the archives of the authors are needed, without Debian's patches.
echo 'deb-src http://deb.debian.org/debian bookworm main' > sources.list
apt() { apt-get -qq -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$PWD/lists" "$@"; }
apt update
apt source --download-only --tar-only sentencepiece irstlm

for name in sentencepiece irstlm; do
  mkdir -p "$name"
  tar -xf "$name"_*.orig.tar.* -C "$name" --strip-components=1
  cmake -S "$name" -B "$name/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS='-O3 -march=native' -DCMAKE_CXX_FLAGS_RELEASE='-DNDEBUG' \
    -DCMAKE_INSTALL_PREFIX="$folder/$name" -DSPM_ENABLE_SHARED=OFF > "$name.log" 2>&1
  cmake --build "$name/build" -j "$(nproc)" >> "$name.log" 2>&1
done
cp sentencepiece/build/src/spm_train "$folder/bin/"
cp "$(find irstlm/build -type f -name tlm | head -n 1)" "$folder/bin/"
