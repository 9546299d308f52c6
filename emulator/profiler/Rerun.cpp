// Runs tatami-run beside this program as a child, with its statistics in a
// temporary file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Rerun.h"

#include "Files.h"

#include "tatami/archive/Hash.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tatami::prof {

namespace fs = std::filesystem;

std::string besideThisProgram(const std::string &name) {
  std::error_code error;
  fs::path self = fs::read_symlink("/proc/self/exe", error);
  return (error ? fs::path(name) : self.parent_path() / name).string();
}

namespace {

/// A folder of its own, gone with the object.
struct Folder {
  fs::path path;
  Folder() {
    std::string name =
        (fs::temp_directory_path() / "tatami-prof-XXXXXX").string();
    if (mkdtemp(name.data()))
      path = name;
  }
  ~Folder() {
    std::error_code error;
    if (!path.empty())
      fs::remove_all(path, error);
  }
};

/// The signal that is to end the runs; 0 as long as there is none.
volatile std::sig_atomic_t caught = 0;

/// Keeps signals from ending this program before the runs have ended and their
/// folders are gone.
class SignalGuard {
public:
  SignalGuard() {
    caught = 0;
    for (size_t i = 0; i < std::size(signals); ++i)
      if ((before[i] = std::signal(signals[i], SIG_IGN)) != SIG_IGN)
        std::signal(signals[i], [](int number) { caught = number; });
  }
  ~SignalGuard() {
    for (size_t i = 0; i < std::size(signals); ++i)
      std::signal(signals[i], before[i]);
    // Of Ctrl-C the results tell.
    if (caught != 0 && caught != SIGINT)
      std::raise(caught);
  }

private:
  static constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP};
  void (*before[std::size(signals)])(int);
};

/// Chosen: how soon a child hears of a signal.
constexpr int milliseconds = 100;

/// What a child does before it is the command; true if it can become it.
bool becomeChild(pid_t parent, const char *directory, const char *errors,
                 int out) {
  // Nobody waits for it when this program has been ended, be it by SIGKILL.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    return false;
  const int nothing = open("/dev/null", O_RDONLY),
            said = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  return nothing >= 0 && said >= 0 && dup2(nothing, 0) == 0 &&
         dup2(out, 1) == 1 && dup2(said, 2) == 2 &&
         (*directory == '\0' || chdir(directory) == 0);
}

/// Runs a command: nothing to read, its output into \p output, its errors to a
/// file, in \p directory if there is one. Returns wait()'s status, or -1 with
/// errno. The thread that calls it must not end before: it is what the child
/// lives with.
int runChild(std::vector<std::string> command, const std::string &directory,
             const fs::path &errors, std::string &output) {
  std::vector<char *> argv;
  for (std::string &argument : command)
    argv.push_back(argument.data());
  argv.push_back(nullptr);
  int out[2], problem[2]; // The last tells errno; it is closed if all is well.
  if (pipe2(out, O_CLOEXEC) != 0)
    return -1;
  if (pipe2(problem, O_CLOEXEC) != 0) {
    close(out[0]);
    close(out[1]);
    return -1;
  }
  const pid_t self = getpid(), child = fork();
  if (child == 0) {
    // Other threads may hold locks of the library: only system calls from here.
    if (becomeChild(self, directory.c_str(), errors.c_str(), out[1]))
      execv(argv[0], argv.data());
    const int error = errno;
    _exit(write(problem[1], &error, sizeof error) == sizeof error ? 127 : 126);
  }
  int failure = child < 0 ? errno : 0;
  close(out[1]);
  close(problem[1]);
  if (int error = 0;
      child > 0 && read(problem[0], &error, sizeof error) == sizeof error) {
    failure = error;
    waitpid(child, nullptr, 0);
  }
  close(problem[0]);
  char buffer[4096];
  for (ssize_t got; failure == 0;) {
    pollfd ready = {out[0], POLLIN, 0};
    const int count = poll(&ready, 1, milliseconds);
    if (caught)
      kill(child, SIGKILL);
    if (count <= 0)
      continue;
    got = read(out[0], buffer, sizeof buffer);
    if (got == 0 || (got < 0 && errno != EINTR))
      break;
    if (got > 0)
      output.append(buffer, size_t(got));
  }
  close(out[0]);
  errno = failure;
  int status = -1;
  if (failure == 0)
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
      ;
  return status;
}

/// The last line that says what is wrong.
std::string errorIn(const fs::path &file) {
  std::ifstream in(file);
  std::string line, last;
  constexpr std::string_view prefix = "tatami-run: error: ";
  while (std::getline(in, line))
    if (line.starts_with(prefix))
      last = line.substr(prefix.size());
  return last;
}

/// The options of the run, with its machine as it was: a file may have changed
/// or moved. Writes what they name.
std::vector<std::string> withRecordedMachine(const Profile &profile,
                                             const fs::path &file) {
  std::vector<std::string> options = profile.options;
  constexpr std::string_view joined = "--machine=";
  for (size_t i = 0; i < options.size() && !profile.machineFile.empty(); ++i) {
    const bool isJoined = options[i].starts_with(joined);
    if (!isJoined && (options[i] != "--machine" || ++i == options.size()))
      continue;
    const std::string named =
        isJoined ? options[i].substr(joined.size()) : options[i];
    // As tatami-run tells files from names.
    if (!named.ends_with(".json") && named.find('/') == std::string::npos)
      continue;
    std::ofstream(file) << profile.machineFile;
    options[i] = (isJoined ? std::string(joined) : "") + file.string();
  }
  return options;
}

/// Of the host, by --dir.
std::vector<std::string> foldersOf(const std::vector<std::string> &options) {
  std::vector<std::string> folders;
  constexpr std::string_view joined = "--dir=";
  for (size_t i = 0; i < options.size(); ++i) {
    std::string value;
    if (options[i].starts_with(joined))
      value = options[i].substr(joined.size());
    else if (options[i] == "--dir" && i + 1 < options.size())
      value = options[++i];
    else
      continue;
    folders.push_back(value.substr(0, value.find("::")));
  }
  return folders;
}

/// The image for a run in \p directory: as it was named, if that leads to it,
/// because the program can see its name, and may take longer over a longer one.
std::string nameOf(const std::string &image, const std::string &directory,
                   const Profile &profile) {
  std::error_code ignored;
  return fs::equivalent(fs::path(directory) / profile.image, image, ignored)
             ? profile.image
             : fs::absolute(image).string();
}

RerunResult runOnce(const Profile &profile, const std::string &image,
                    const std::vector<std::string> &ideals) {
  RerunResult result;
  result.ideals = ideals;
  const Folder folder;
  const fs::path stats = folder.path / "stats.json",
                 errors = folder.path / "errors";
  if (folder.path.empty()) {
    result.error = fmt::format("no temporary folder can be made: {}",
                               std::strerror(errno));
    return result;
  }
  // Folders that the program may open were named from there.
  std::error_code ignored;
  const std::string directory =
      fs::is_directory(profile.directory, ignored) ? profile.directory : "";
  std::vector<std::string> command = {besideThisProgram("tatami-run")};
  const std::vector<std::string> options =
      withRecordedMachine(profile, folder.path / "machine.json");
  command.insert(command.end(), options.begin(), options.end());
  for (const std::string &ideal : ideals)
    command.insert(command.end(), {"--ideal", ideal});
  command.insert(command.end(), {"--stats", stats.string(), "--",
                                 nameOf(image, directory, profile)});
  // The first is the program's name.
  if (!profile.arguments.empty())
    command.insert(command.end(), profile.arguments.begin() + 1,
                   profile.arguments.end());
  std::string output;
  const int status = caught ? 0 : runChild(command, directory, errors, output);
  result.outputHash = hashOf(output);
  if (caught) {
    result.interrupted = true;
    result.error = "interrupted";
    return result;
  }
  if (status == -1) {
    result.error =
        fmt::format("{} cannot be run: {}", command[0], std::strerror(errno));
    return result;
  }
  std::ifstream in(stats);
  const nlohmann::json json =
      nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    const std::string said = errorIn(errors);
    result.error =
        !said.empty() ? said
        : WIFSIGNALED(status)
            ? fmt::format("tatami-run was ended by signal {}", WTERMSIG(status))
            : "tatami-run has written no statistics";
    return result;
  }
  result.exitStatus = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.cycles = json.value("cycles", uint64_t(0));
  result.instructions = json.value("instructions", uint64_t(0));
  result.hostSeconds = json.value("host_seconds", 0.0);
  return result;
}

} // namespace

bool isSameWork(const RerunResult &a, const RerunResult &b) {
  // Chosen: who is first at a lock changes as much; more is other work.
  return double(std::max(a.instructions, b.instructions)) <=
         1.01 * double(std::min(a.instructions, b.instructions));
}

std::string whyNotRerun(const Profile &profile, const std::string &image) {
  std::string bytes;
  if (std::string reason = readFile(image, bytes); !reason.empty())
    return fmt::format("{}: {}, so it cannot be run again", image, reason);
  if (hashOf(bytes) != profile.imageHash)
    return fmt::format("{}: has changed since it was recorded, so it cannot be "
                       "compared; record it again with tatami-prof run",
                       image);
  std::error_code ignored;
  if (!fs::is_directory(profile.directory, ignored))
    for (const std::string &folder : foldersOf(profile.options))
      if (fs::path(folder).is_relative())
        return fmt::format("the folder {} of --dir was named in {}, which is not "
                           "there now; record the run again",
                           folder, profile.directory);
  if (!profile.report.empty())
    return fmt::format("the recorded run did not end by itself, so there is "
                       "nothing to compare: {}",
                       profile.report.substr(0, profile.report.find('\n')));
  return "";
}

std::vector<RerunResult>
rerun(const Profile &profile, const std::string &image,
      const std::vector<std::vector<std::string>> &changes,
      const std::function<void(size_t)> &done) {
  const SignalGuard guard;
  std::vector<RerunResult> results(changes.size());
  std::atomic<size_t> next{0};
  std::mutex mutex;
  size_t ended = 0;
  auto work = [&] {
    for (size_t i; (i = next++) < changes.size();) {
      results[i] = runOnce(profile, image, changes[i]);
      std::lock_guard lock(mutex);
      ++ended;
      if (done)
        done(ended);
    }
  };
  // One node keeps one core busy, more of them all that there are.
  const size_t cores = std::max(1u, std::thread::hardware_concurrency());
  const size_t each = profile.nodes.size() == 1 ? 1 : 2;
  const size_t atATime =
      std::clamp<size_t>(std::min<size_t>(cores / each, 2), 1, changes.size());
  std::vector<std::thread> threads;
  for (size_t i = 1; i < atATime; ++i)
    threads.emplace_back(work);
  work();
  for (std::thread &thread : threads)
    thread.join();
  return results;
}

} // namespace tatami::prof
