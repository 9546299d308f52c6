//===- Actions.cpp - clang's front end actions, with our checks -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Actions.h"
#include "AggregateABI.h"
#include "BuiltinConsumer.h"
#include "Version.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/CodeGen/BackendUtil.h"
#include "clang/CodeGen/CodeGenABITypes.h"
#include "clang/CodeGen/CodeGenAction.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/FrontendTool/Utils.h"
#include "llvm/Passes/PassBuilder.h"

using namespace clang;

namespace tatami {
namespace {

/// \p First sees everything before \p Second does.
std::unique_ptr<ASTConsumer> chain(std::unique_ptr<ASTConsumer> First,
                                   std::unique_ptr<ASTConsumer> Second) {
  if (!Second)
    return nullptr;
  std::vector<std::unique_ptr<ASTConsumer>> Both;
  Both.push_back(std::move(First));
  Both.push_back(std::move(Second));
  return std::make_unique<MultiplexConsumer>(std::move(Both));
}

class CheckAction final : public SyntaxOnlyAction {
protected:
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef File) override {
    return chain(createBuiltinConsumer(),
                 SyntaxOnlyAction::CreateASTConsumer(CI, File));
  }
};

class CompileAction final : public CodeGenAction {
public:
  explicit CompileAction(BackendAction Output) : CodeGenAction(Output) {}

protected:
  bool BeginSourceFileAction(CompilerInstance &CI) override;
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 StringRef File) override;

private:
  /// Finds the small classes that C++ passes in memory, while there still is
  /// an AST to ask.
  class ClassCollector final : public ASTConsumer {
  public:
    explicit ClassCollector(CompileAction &Action) : Action(Action) {}
    void HandleTranslationUnit(ASTContext &Context) override {
      Action.collectClasses(Context);
    }

  private:
    CompileAction &Action;
  };

  void collectClasses(ASTContext &Context);

  llvm::DenseSet<llvm::Type *> InMemory;
  bool HasAST = false;
};

} // namespace

bool CompileAction::BeginSourceFileAction(CompilerInstance &CI) {
  CI.getCodeGenOpts().PassBuilderCallbacks.push_back(
      [this](llvm::PassBuilder &Builder) {
        Builder.registerPipelineStartEPCallback(
            [this](llvm::ModulePassManager &Passes, llvm::OptimizationLevel) {
              Passes.addPass(VersionPass());
              Passes.addPass(AggregateABIPass(HasAST ? &InMemory : nullptr));
            });
      });
  return CodeGenAction::BeginSourceFileAction(CI);
}

std::unique_ptr<ASTConsumer>
CompileAction::CreateASTConsumer(CompilerInstance &CI, StringRef File) {
  HasAST = true;
  return chain(
      chain(createBuiltinConsumer(), std::make_unique<ClassCollector>(*this)),
      CodeGenAction::CreateASTConsumer(CI, File));
}

void CompileAction::collectClasses(ASTContext &Context) {
  if (!Context.getLangOpts().CPlusPlus ||
      Context.getDiagnostics().hasErrorOccurred())
    return;
  // Asking for a type's size may make new types: not while iterating.
  SmallVector<QualType, 32> Classes;
  for (Type *T : Context.getTypes()) {
    const CXXRecordDecl *Class =
        isa<RecordType>(T) ? T->getAsCXXRecordDecl() : nullptr;
    if (Class && Class->isCompleteDefinition() && !Class->isInvalidDecl() &&
        !Class->isDependentContext() && !Class->canPassInRegisters())
      Classes.push_back(Context.getCanonicalType(QualType(T, 0)));
  }
  CodeGen::CodeGenModule &CGM = getCodeGenerator()->CGM();
  for (QualType Class : Classes)
    if (Context.getTypeSizeInChars(Class).getQuantity() <= 16)
      InMemory.insert(CodeGen::convertTypeForMemory(CGM, Class));
}

std::unique_ptr<FrontendAction> createAction(CompilerInstance &CI) {
  const FrontendOptions &Opts = CI.getFrontendOpts();
  // Actions around actions are clang's affair.
  if (!Opts.FixAndRecompile && Opts.ASTMergeFiles.empty()) {
    switch (Opts.ProgramAction) {
    case frontend::ParseSyntaxOnly:
      return std::make_unique<CheckAction>();
    case frontend::EmitAssembly:
      return std::make_unique<CompileAction>(Backend_EmitAssembly);
    case frontend::EmitBC:
      return std::make_unique<CompileAction>(Backend_EmitBC);
    case frontend::EmitLLVM:
      return std::make_unique<CompileAction>(Backend_EmitLL);
    case frontend::EmitLLVMOnly:
      return std::make_unique<CompileAction>(Backend_EmitNothing);
    case frontend::EmitCodeGenOnly:
      return std::make_unique<CompileAction>(Backend_EmitMCNull);
    case frontend::EmitObj:
      return std::make_unique<CompileAction>(Backend_EmitObj);
    default:
      break;
    }
  }
  return CreateFrontendAction(CI);
}

} // namespace tatami
