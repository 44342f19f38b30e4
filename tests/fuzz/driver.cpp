// Stands in for libFuzzer where the compiler has none: tries the files of a corpus, then mutations of them.
//   NAME_fuzz [--tries N] [--seed N] CORPUS
// The same seed tries the same texts. What was being tried when the program died is in NAME_fuzz.last, in the working
// directory: as the only file of a corpus it is tried again.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 10;
constexpr int kMostMutations = 8;

// A file that keeps its bytes whatever becomes of the process.
class LastTry {
 public:
  explicit LastTry(const std::string& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || ftruncate(file, kMostBytes) != 0) return;
    void* mapped = mmap(nullptr, kMostBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) bytes_ = static_cast<char*>(mapped);
    close(file);
  }
  void note(const std::string& text) const {
    if (!bytes_) return;
    std::memset(bytes_, 0, kMostBytes);
    std::memcpy(bytes_, text.data(), text.size());
  }

 private:
  char* bytes_ = nullptr;
};

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, std::uint64_t seed) : corpus_(corpus), random_(seed) {}

  std::string next() {
    std::string text = any();
    for (auto changes = 1 + below(kMostMutations); changes > 0; --changes) change(text);
    if (text.size() > kMostBytes) text.resize(kMostBytes);
    return text;
  }

 private:
  std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }
  const std::string& any() { return corpus_[below(corpus_.size())]; }

  void change(std::string& text) {
    // What readers trip over: ends of lines, quotes, brackets, signs, and numbers that are too large.
    static const std::vector<std::string> kPieces{"\r\n",     "\n",
                                                  "\r",       ":",
                                                  " ",        "\t",
                                                  "\"",       "{",
                                                  "}",        "[",
                                                  "]",        ",",
                                                  "\\",       "%0",
                                                  "%00",      "%",
                                                  "null",     "true",
                                                  "-1",       "0",
                                                  "1e99",     "\xff",
                                                  "\\ud800",  ";",
                                                  "\r\n\r\n", "999999999999999999999"};
    const auto at = below(text.size() + 1);
    const auto length = std::min(below(16) + 1, text.size() - at);
    switch (below(6)) {
      case 0: text.insert(at, kPieces[below(kPieces.size())]); break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(at, text.substr(at, length)); break;
      case 3: text.insert(at, 1, static_cast<char>(below(256))); break;
      case 4: text.resize(at); break;
      default: {
        const auto& other = any();
        const auto from = below(other.size() + 1);
        text.replace(at, length, other.substr(from, below(64)));
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_;
};

std::vector<std::string> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts{""};
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    texts.back().resize(std::min(texts.back().size(), kMostBytes));
  }
  return texts;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t tries = 100'000, seed = 1;
  std::string folder;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--tries" && i + 1 < argc) tries = std::stoull(argv[++i]);
    else if (word == "--seed" && i + 1 < argc) seed = std::stoull(argv[++i]);
    else folder = word;
  }
  if (!std::filesystem::is_directory(folder)) {
    std::cerr << "usage: " << argv[0] << " [--tries N] [--seed N] CORPUS\n";
    return 2;
  }
  const auto corpus = read_corpus(folder);
  const LastTry last(std::filesystem::path(argv[0]).filename().string() + ".last");
  const auto attempt = [&last](const std::string& text) {
    last.note(text);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  };
  for (const auto& text : corpus) attempt(text);
  Mutator mutator(corpus, seed);
  for (std::uint64_t i = 0; i < tries; ++i) attempt(mutator.next());
  std::cout << corpus.size() << " texts of the corpus and " << tries << " mutations were taken\n";
}
