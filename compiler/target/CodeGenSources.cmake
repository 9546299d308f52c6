# Sources of the code generator: from LLVM IR to machine instructions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set(TATAMI_CODEGEN_SOURCES
  TatamiAsmPrinter.cpp
  TatamiBuiltins.cpp
  TatamiCallLowering.cpp
  TatamiFrameLowering.cpp
  TatamiInstrInfo.cpp
  TatamiISelDAGToDAG.cpp
  TatamiISelLowering.cpp
  TatamiInlineAsm.cpp
  TatamiMCInstLower.cpp
  TatamiRegisterInfo.cpp
  TatamiSelectionDAGInfo.cpp
  TatamiSignExtension.cpp
  TatamiSubtarget.cpp
  TatamiTargetMachine.cpp
  TatamiTargetTransformInfo.cpp
  TatamiVectorLowering.cpp
)
