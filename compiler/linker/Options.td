//===- Options.td - The command line of tatami-ld -------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Spelled as GNU ld and lld spell them, so that build systems need no change.
//
//===----------------------------------------------------------------------===//

include "llvm/Option/OptParser.td"
include "abi/MemoryMap.td"

// Options of several letters take one dash or two.
class F<string name> : Flag<["--", "-"], name>;
class J<string name> : Joined<["--", "-"], name>;

// An option with a value, written `--name value` or `--name=value`.
multiclass Eq<string name, string help, string meta> {
  def NAME : Separate<["--", "-"], name>;
  def NAME#_eq : Joined<["--", "-"], name#"=">,
                 Alias<!cast<Separate>(NAME)>, HelpText<help>, MetaVarName<meta>;
}

//===-- Inputs and outputs ------------------------------------------------===//

def o : JoinedOrSeparate<["-"], "o">, MetaVarName<"<file>">,
        HelpText<"Write the image to <file> (default a.out)">;
def output : J<"output=">, Alias<o>;
def L : JoinedOrSeparate<["-"], "L">, MetaVarName<"<dir>">,
        HelpText<"Search <dir> for libraries">;
def library_path : J<"library-path=">, Alias<L>;
def l : JoinedOrSeparate<["-"], "l">, MetaVarName<"<name>">,
        HelpText<"Link lib<name>.a from the library path; -l:<file> names the file itself">;
def library : J<"library=">, Alias<l>;
defm Map : Eq<"Map", "Write a map of the image to <file>", "<file>">;
def whole_archive : F<"whole-archive">,
    HelpText<"Link every member of the archives that follow">;
def no_whole_archive : F<"no-whole-archive">,
    HelpText<"Link only the wanted members of the archives that follow (default)">;
def start_group : F<"start-group">,
    HelpText<"Accepted; archives may always refer to each other">;
def end_group : F<"end-group">, HelpText<"Accepted">;

//===-- Symbols -----------------------------------------------------------===//

def e : JoinedOrSeparate<["-"], "e">, MetaVarName<"<symbol>">,
        HelpText<"Start at <symbol> (default _start)">;
def entry : J<"entry=">, Alias<e>;
def u : JoinedOrSeparate<["-"], "u">, MetaVarName<"<symbol>">,
        HelpText<"Treat <symbol> as referenced">;
def undefined : J<"undefined=">, Alias<u>;
defm defsym : Eq<"defsym", "Define a symbol: a number, or symbols and numbers joined by + and -", "<symbol>=<value>">;
defm wrap : Eq<"wrap", "Send references of <symbol> to __wrap_<symbol> and of __real_<symbol> to <symbol>", "<symbol>">;
def allow_multiple_definition : F<"allow-multiple-definition">,
    HelpText<"Take the first of several definitions of a symbol">;

//===-- What is kept ------------------------------------------------------===//

def gc_sections : F<"gc-sections">,
    HelpText<"Drop sections that nothing refers to">;
def no_gc_sections : F<"no-gc-sections">, HelpText<"Keep all sections (default)">;
def print_gc_sections : F<"print-gc-sections">,
    HelpText<"List the sections that --gc-sections drops">;
def no_print_gc_sections : F<"no-print-gc-sections">;
def s : Flag<["-"], "s">, HelpText<"Leave out symbols and debug information">;
def strip_all : F<"strip-all">, Alias<s>;
def S : Flag<["-"], "S">, HelpText<"Leave out debug information">;
def strip_debug : F<"strip-debug">, Alias<S>;

//===-- Link-time optimisation --------------------------------------------===//

def lto_O : J<"lto-O">, MetaVarName<"<n>">,
            HelpText<"Optimise bitcode at level <n>, 0 to 3 (default 2)">;
defm mllvm : Eq<"mllvm", "Pass an option to LLVM, for bitcode", "<option>">;

//===-- The memory of a node ----------------------------------------------===//

defm stack_size : Eq<"stack-size", !strconcat("Stack of thread 0 in bytes (default ", !repr(StackBytes.Bytes), ")"), "<bytes>">;
defm thread_stack_size : Eq<"thread-stack-size", !strconcat("Stack of each of threads 1 to 3 in bytes (default ", !repr(ThreadStackBytes.Bytes), ")"), "<bytes>">;
defm sram_size : Eq<"sram-size", !strconcat("Memory of a node in bytes (default ", !repr(SramBytes.Bytes), ")"), "<bytes>">;

//===-- Messages ----------------------------------------------------------===//

defm error_limit : Eq<"error-limit", "Show at most <n> errors, 0 for all (default 20)", "<n>">;
def fatal_warnings : F<"fatal-warnings">, HelpText<"Treat warnings as errors">;
def no_fatal_warnings : F<"no-fatal-warnings">;
def demangle : F<"demangle">, HelpText<"Show C++ names as in the source (default)">;
def no_demangle : F<"no-demangle">, HelpText<"Show C++ names as in the symbol table">;
def verbose : F<"verbose">, HelpText<"Say which files are read and why">;
def help : F<"help">, HelpText<"Print this text">;
def version : F<"version">, HelpText<"Print the version and stop">;
def v : Flag<["-"], "v">, HelpText<"Print the version, then link if there are inputs">;

//===-- Accepted, without effect ------------------------------------------===//

def build_id : F<"build-id">;
def build_id_eq : J<"build-id=">;
def static : F<"static">;
def Bstatic : F<"Bstatic">;
def as_needed : F<"as-needed">;
def no_as_needed : F<"no-as-needed">;
def no_undefined : F<"no-undefined">;
def nostdlib : F<"nostdlib">;
def eh_frame_hdr : F<"eh-frame-hdr">;
def no_eh_frame_hdr : F<"no-eh-frame-hdr">;
def no_dynamic_linker : F<"no-dynamic-linker">;
def no_pie : F<"no-pie">;
def no_mmap_output_file : F<"no-mmap-output-file">;
def O : Joined<["-"], "O">;
def m : JoinedOrSeparate<["-"], "m">;
def z : JoinedOrSeparate<["-"], "z">;
def hash_style : J<"hash-style=">;
def sysroot : J<"sysroot=">;

//===-- Understood, and refused with a reason -----------------------------===//

def T : JoinedOrSeparate<["-"], "T">;
def script : J<"script=">, Alias<T>;
def shared : F<"shared">;
def Bdynamic : F<"Bdynamic">;
def pie : F<"pie">;
def r : Flag<["-"], "r">;
def relocatable : F<"relocatable">, Alias<r>;
