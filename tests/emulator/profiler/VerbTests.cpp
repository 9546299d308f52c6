// diff and annotate of profiles that no run has made.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Handmade.h"

#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <iterator>

#include <unistd.h>

using namespace tatami;
using namespace tatami::prof;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

/// A profile's file, gone with the object.
struct File {
  File(const std::string &name, const Profile &profile)
      : path("verb-tests-" + name + ".prof") {
    std::string error;
    ProfileWriter writer(path, error);
    REQUIRE(error == "");
    REQUIRE(writer.finish(profile) == "");
  }
  ~File() { std::remove(path.c_str()); }
  const std::string path;
};

/// Sends a stream of this program to a file for a while.
class Redirected {
public:
  explicit Redirected(std::FILE *stream) : stream(stream) {
    std::fflush(stream);
    before = dup(fileno(stream));
    file = std::tmpfile();
    REQUIRE(file);
    dup2(fileno(file), fileno(stream));
  }
  ~Redirected() {
    if (before >= 0)
      end();
  }
  Redirected(const Redirected &) = delete;
  Redirected &operator=(const Redirected &) = delete;
  /// What has been written.
  std::string end() {
    std::fflush(stream);
    dup2(before, fileno(stream));
    close(before);
    before = -1;
    std::string text;
    std::rewind(file);
    for (int c; (c = std::fgetc(file)) != EOF;)
      text += char(c);
    std::fclose(file);
    return text;
  }

private:
  std::FILE *stream, *file;
  int before;
};

struct Outcome {
  int status = 0;
  std::string out, err;
  json parsed() const { return json::parse(out); }
};

Outcome call(std::vector<std::string> words) {
  CLI::App app;
  Run run;
  addDiff(app, run);
  addAnnotate(app, run);
  std::reverse(words.begin(), words.end());
  app.parse(words);
  Redirected out(stdout), err(stderr);
  Outcome outcome;
  outcome.status = run();
  outcome.err = err.end();
  outcome.out = out.end();
  return outcome;
}

/// The row of \p list whose keys say so.
json find(const json &list, const json &keys) {
  for (const json &row : list) {
    json same = row;
    same.update(keys);
    if (same == row)
      return row;
  }
  FAIL("no " << keys << " in " << list);
  return {};
}

struct Twins : Handmade {
  Twins() : Handmade(TATAMI_TWINS) {}
  /// Fills the helper of left.c (0) or of right.c (1).
  uint64_t fillHelper(size_t which) {
    std::vector<const Image::Symbol *> found;
    for (const Image::Symbol &symbol : image.symbols)
      if (symbol.name == "helper")
        found.push_back(&symbol);
    REQUIRE(found.size() == 2);
    std::sort(found.begin(), found.end(),
              [](auto *a, auto *b) { return a->address < b->address; });
    const Image::Symbol &f = *found[which];
    for (uint64_t pc = f.address; pc < f.address + f.size; pc += 4) {
      ++at(pc).executed;
      ++at(pc).issued;
    }
    return f.size / 4;
  }
};

} // namespace

TEST_CASE("diff names functions that only one run has") {
  Handmade a, b;
  const uint64_t gone = a.fill("_Z5outeri", Cause::Mispredict, 3);
  const uint64_t fresh = b.fill("_Z9fibonaccii", Cause::Fetch, 1);
  const File old("old", a.profile), now("new", b.profile);
  const json diff = call({"diff", "--json", old.path, now.path}).parsed();
  const json outer = find(diff["functions"], {{"function", "outer(int)"}});
  CHECK(outer["new"].is_null());
  CHECK(outer["new_cycles"] == 0);
  CHECK(find(diff["functions"], {{"function", "fibonacci(int)"}})["old"].is_null());
  int64_t change = 0;
  for (const json &function : diff["functions"])
    change += int64_t(function["change"]);
  CHECK(change == int64_t(2 * fresh) - int64_t(4 * gone));
  const Outcome text = call({"diff", old.path, now.path});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Contains("gone  outer"));
  CHECK_THAT(text.out, Contains("new  fibonacci"));
}

TEST_CASE("diff of profiles in which nothing ran") {
  const Handmade nothing;
  Handmade something;
  something.fill("_Z5outeri", Cause::Mispredict, 3);
  const File empty("empty", nothing.profile), full("full", something.profile);
  for (const auto &[a, b] : {std::pair(&empty, &empty), std::pair(&empty, &full),
                             std::pair(&full, &empty)}) {
    const json diff = call({"diff", "--json", a->path, b->path}).parsed();
    CHECK(diff["functions"].empty() == (a == b));
    CHECK(diff["lines"].empty() == (a == b));
    CHECK(diff["causes"].empty() == (a == b));
    const Outcome text = call({"diff", a->path, b->path});
    CHECK(text.status == 0);
    CHECK_THAT(text.out, !Contains("nan") && !Contains("inf "));
  }
}

TEST_CASE("diff tells functions of one name apart by their files") {
  Twins a, b;
  const uint64_t length = a.fillHelper(0);
  a.fillHelper(1);
  b.fillHelper(1);
  b.fillHelper(1);
  const File old("old", a.profile), now("new", b.profile);
  const json diff = call({"diff", "--json", old.path, now.path}).parsed();
  const json &functions = diff["functions"];
  CHECK(functions.size() == 2);
  CHECK(find(functions, {{"function", "helper"}, {"file", "left.c"}})["change"] ==
        -int64_t(length));
  CHECK(find(functions, {{"function", "helper"}, {"file", "right.c"}})["change"] ==
        int64_t(length));
  CHECK_THAT(call({"diff", old.path, now.path}).out, Contains("helper (left.c)"));
}

TEST_CASE("a function that is in another file now is the same one") {
  Twins a, b;
  a.fillHelper(0);
  b.fillHelper(1);
  const File old("old", a.profile), now("new", b.profile);
  const json diff = call({"diff", "--json", old.path, now.path}).parsed();
  REQUIRE(diff["functions"].size() == 1);
  CHECK(diff["functions"][0]["change"] == 0);
  // Lines too, though the text of left.c is not there.
  for (const json &line : diff["lines"]) {
    INFO(line);
    CHECK(line["change"] == 0);
    CHECK(line["old_place"]["line"] == line["new_place"]["line"]);
  }
  CHECK(!diff["lines"].empty());
}

TEST_CASE("annotate shows what it can of a source that is not there") {
  Twins twins;
  const uint64_t length = twins.fillHelper(0);
  const File file("twins", twins.profile);
  const Outcome text = call({"annotate", "-i", file.path, "helper"});
  CHECK(text.status == 0);
  CHECK_THAT(text.err, Contains("left.c is not there: its lines are shown without text"));
  CHECK_THAT(text.err, !Contains("right.c"));
  CHECK_THAT(text.out, Contains("Sink = x; // helper"));
  const json annotated = call({"annotate", "--json", "-i", file.path, "helper"}).parsed();
  CHECK(annotated["total"]["executed"] == length);
  size_t withText = 0, without = 0;
  for (const json &line : annotated["lines"]) {
    const std::string path = line["file"];
    (path.ends_with("right.c") ? withText : without) += 1;
    CHECK(line["text"].get<std::string>().empty() == path.ends_with("left.c"));
  }
  CHECK(withText > 0);
  CHECK(without == withText);
}

TEST_CASE("annotate of lines that the source does not have") {
  Twins twins;
  twins.fill("beyond", Cause::Mispredict, 1);
  const File file("twins", twins.profile);
  const Outcome text = call({"annotate", "-i", file.path, "beyond"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Contains("| 5000") || Contains("|  5000"));
  const json beyond = call({"annotate", "--json", "-i", file.path, "beyond"}).parsed();
  CHECK(find(beyond["lines"], {{"line", 5000}})["text"] == "");

  CHECK(call({"annotate", "-i", file.path, "--line", "right.c:5000"}).status == 0);
  auto refuses = [&](const std::string &line, const std::string &why) {
    const Outcome outcome = call({"annotate", "-i", file.path, "--line", line});
    CHECK(outcome.status == 1);
    CHECK(outcome.out == "");
    CHECK_THAT(outcome.err, Contains(why));
  };
  refuses("right.c:4999", "the nearest line with code is 5000");
  refuses("right.c:4294967295", "no code comes from right.c:4294967295");
  refuses("ight.c:5000", "no code comes from a file 'ight.c'");
  for (const char *wrong : {"right.c", "right.c:", ":7", "right.c:0", "right.c:-1",
                            "right.c:7x", "right.c:4294967296"})
    refuses(wrong, "FILE:LINE is needed");
}

TEST_CASE("annotate of what has not run, and of what is not there") {
  const Handmade nothing;
  const File file("empty", nothing.profile);
  const Outcome text = call({"annotate", "-i", file.path, "outer"});
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Contains("# It has not run."));
  CHECK_THAT(text.out, !Contains("nan"));
  CHECK(call({"annotate", "--json", "-i", file.path, "outer"}).parsed()["total"]["executed"] == 0);
  const Outcome wrong = call({"annotate", "-i", file.path, "outr"});
  CHECK(wrong.status == 1);
  CHECK_THAT(wrong.err, Contains("there is no function 'outr'"));
  CHECK_THAT(wrong.err, Contains("outer"));
}
