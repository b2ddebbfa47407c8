# SPDX-License-Identifier: Apache-2.0
# How a fuzz target is made, for this build and, through the installed package, for a vendor's.
set(PAC_FUZZ_DIR ${CMAKE_CURRENT_LIST_DIR})

# pac_fuzz_executable(NAME TARGET LIBRARIES...): the program NAME of a target, with its engine and its mutator.
function(pac_fuzz_executable name target)
  add_executable(${name} ${PAC_FUZZ_DIR}/${target}.c)
  target_link_libraries(${name} PRIVATE pac_options ${ARGN})
  add_dependencies(fuzzers ${name})
  if(NOT PACHECK_FUZZ_ENGINE)
    target_sources(${name} PRIVATE ${PAC_FUZZ_DIR}/replay.c)
    return()
  endif()
  file(STRINGS ${PAC_FUZZ_DIR}/mutator/kinds.def kind REGEX "^KIND\\(${target},")
  if(kind AND TARGET pac_mutator)
    add_library(${name}_mutator OBJECT ${PAC_FUZZ_DIR}/mutator/libfuzzer.c)
    target_link_libraries(${name}_mutator PRIVATE pac_mutator_options)
    target_compile_definitions(${name}_mutator PRIVATE PAC_MUTATOR_TARGET="${target}")
    target_link_libraries(${name} PRIVATE ${name}_mutator pac_mutator)
  endif()
  if(NOT PACHECK_FUZZ_ENGINE MATCHES "^-fsanitize=")
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX) # an engine that is an archive is C++
  endif()
  target_link_libraries(${name} PRIVATE ${PACHECK_FUZZ_ENGINE})
endfunction()

# pac_add_fuzz_target(TARGET): the target of fuzz/TARGET.c; without an engine, ctest replays corpus/TARGET/.
function(pac_add_fuzz_target target)
  pac_fuzz_executable(fuzz_${target} ${target} pac_fuzz_reference pacheck::reports pacheck::harness)
  set_target_properties(fuzz_${target} PROPERTIES OUTPUT_NAME ${target})
  set(seeds ${PROJECT_SOURCE_DIR}/corpus/${target})
  if(NOT PACHECK_FUZZ_ENGINE AND BUILD_TESTING AND EXISTS ${seeds})
    add_test(NAME replay.${target} COMMAND fuzz_${target} ${seeds})
    set_tests_properties(replay.${target} PROPERTIES LABELS replay TIMEOUT 120)
  endif()
endfunction()
