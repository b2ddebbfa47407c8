# SPDX-License-Identifier: Apache-2.0
# How a fuzz target is made, in this build and, through the installed package, in a vendor's: pacheck_add_fuzzers(TARGET).
if(NOT PACHECK_FUZZ_DIR)
  set(PACHECK_FUZZ_DIR ${CMAKE_CURRENT_LIST_DIR})
endif()

# Of what no engine may see: the mutator, a judge. Flags that choose what is instrumented go unused there.
set(PACHECK_UNINSTRUMENTED -O2 -fno-sanitize=all -Wno-unused-command-line-argument)

# The mutator: never instrumented, so that a campaign sees the target's branches and not its own.
function(pac_fuzz_add_mutator)
  file(GLOB core CONFIGURE_DEPENDS ${PACHECK_FUZZ_DIR}/mutator/*.c)
  # Of the harness it includes program/instruction.h, which includes nothing.
  set(harness ${PACHECK_FUZZ_DIR}/internal)
  if(NOT EXISTS ${harness})
    set(harness ${PACHECK_FUZZ_DIR}/../harness)
  endif()
  if(CMAKE_C_COMPILER MATCHES "afl-")
    # AFL++ loads it as a module. afl-clang-fast instruments whatever it compiles: the compiler beneath it makes the module.
    find_program(PACHECK_PLAIN_CC NAMES clang gcc cc REQUIRED)
    list(FILTER core EXCLUDE REGEX "/(libfuzzer|[^/]*_test)\\.c$")
    file(GLOB headers CONFIGURE_DEPENDS ${PACHECK_FUZZ_DIR}/mutator/*.h ${PACHECK_FUZZ_DIR}/mutator/*.def
         ${harness}/program/instruction.h)
    add_custom_command(
      OUTPUT pac_mutator_afl.so
      COMMAND ${PACHECK_PLAIN_CC} -std=c17 -O2 -shared -fPIC -I${harness} -o pac_mutator_afl.so ${core}
      DEPENDS ${core} ${headers} COMMENT "the mutator as a module for AFL++" VERBATIM)
    add_custom_target(pac_mutator_afl DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/pac_mutator_afl.so)
    add_dependencies(fuzzers pac_mutator_afl)
    return()
  endif()
  list(FILTER core EXCLUDE REGEX "/(libfuzzer|afl|[^/]*_test)\\.c$")
  add_library(pac_mutator STATIC ${core})
  target_compile_features(pac_mutator PRIVATE c_std_17)
  set_target_properties(pac_mutator PROPERTIES C_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_include_directories(pac_mutator PUBLIC ${PACHECK_FUZZ_DIR}/mutator PRIVATE ${harness})
  if(PACHECK_FUZZ_ENGINE)
    target_compile_options(pac_mutator PRIVATE ${PACHECK_UNINSTRUMENTED})
  endif()
endfunction()

# pac_fuzz_executable(NAME TARGET LIBRARIES...): the program NAME of a target, with its engine and its mutator.
function(pac_fuzz_executable name target)
  add_executable(${name} ${PACHECK_FUZZ_DIR}/${target}.c)
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_include_directories(${name} PRIVATE ${PACHECK_FUZZ_DIR})
  if(NOT target MATCHES "/")
    add_dependencies(fuzzers ${name}) # the bench's is no target of a campaign
  endif()
  if(NOT PACHECK_FUZZ_ENGINE)
    target_sources(${name} PRIVATE ${PACHECK_FUZZ_DIR}/replay.c)
    return()
  endif()
  file(STRINGS ${PACHECK_FUZZ_DIR}/mutator/kinds.def kind REGEX "^KIND\\(${target},")
  if(kind AND TARGET pac_mutator)
    add_library(${name}_mutator OBJECT ${PACHECK_FUZZ_DIR}/mutator/libfuzzer.c)
    target_compile_options(${name}_mutator PRIVATE ${PACHECK_UNINSTRUMENTED})
    target_compile_definitions(${name}_mutator PRIVATE PAC_MUTATOR_TARGET="${target}")
    target_link_libraries(${name} PRIVATE ${name}_mutator pac_mutator)
  endif()
  if(NOT PACHECK_FUZZ_ENGINE MATCHES "^-fsanitize=")
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX) # an engine that is an archive is C++
  endif()
  target_link_libraries(${name} PRIVATE ${PACHECK_FUZZ_ENGINE})
endfunction()

# pacheck_add_fuzzers(TARGET): links every put_ target with the sources of the library TARGET, which provides pac_adapter().
#
# The library itself is left as it is: its sources are compiled once more, instrumented, with what it links. With clang the
# flags are PACHECK_FUZZ_FLAGS and the engine is libFuzzer; with any other compiler, or when PACHECK_FUZZ_ENGINE is set to an
# empty string, it is the replay driver. The programs are TARGET_put_object and so on; the target `fuzzers` builds them.
function(pacheck_add_fuzzers target)
  get_target_property(sources ${target} SOURCES)
  if(NOT CMAKE_C_COMPILER_LOADED)
    message(FATAL_ERROR "pacheck_add_fuzzers(${target}): the targets are C: write project(... LANGUAGES C CXX)")
  endif()
  if(sources MATCHES "\\.(cc|cpp|cxx|C)(;|$)" AND CMAKE_C_COMPILER_ID STREQUAL Clang AND NOT CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    message(FATAL_ERROR "pacheck_add_fuzzers(${target}): it has C++ sources, and the C++ compiler is ${CMAKE_CXX_COMPILER_ID} where "
                        "the C compiler is Clang: set both, such as CC=clang CXX=clang++")
  endif()
  set(flags "")
  if(CMAKE_C_COMPILER_ID STREQUAL Clang)
    set(flags -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-coverage=trace-cmp,indirect-calls,stack-depth
              -fno-sanitize-recover=all)
    if(DEFINED PACHECK_FUZZ_FLAGS)
      set(flags ${PACHECK_FUZZ_FLAGS})
    endif()
    if(NOT DEFINED PACHECK_FUZZ_ENGINE)
      set(PACHECK_FUZZ_ENGINE -fsanitize=fuzzer)
    endif()
  endif()
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  if(NOT TARGET pac_mutator AND NOT TARGET pac_mutator_afl)
    pac_fuzz_add_mutator()
  endif()

  get_target_property(folder ${target} SOURCE_DIR)
  list(TRANSFORM sources PREPEND ${folder}/ REGEX "^[^/$]")
  set(twin ${target}_for_fuzzing)
  add_library(${twin} OBJECT ${sources})
  target_compile_options(${twin} PRIVATE ${flags} $<TARGET_PROPERTY:${target},COMPILE_OPTIONS>)
  target_compile_definitions(${twin} PRIVATE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
  target_include_directories(${twin} PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
  foreach(property IN ITEMS C_EXTENSIONS CXX_STANDARD CXX_STANDARD_REQUIRED CXX_EXTENSIONS)
    get_target_property(value ${target} ${property})
    if(NOT value MATCHES "-NOTFOUND$")
      set_property(TARGET ${twin} PROPERTY ${property} ${value})
    endif()
  endforeach()
  target_compile_features(${twin} PRIVATE c_std_17 $<TARGET_PROPERTY:${target},COMPILE_FEATURES>)
  get_target_property(libraries ${target} LINK_LIBRARIES)
  if(libraries)
    target_link_libraries(${twin} PUBLIC ${libraries})
  endif()

  set(reference $<IF:$<TARGET_EXISTS:pacheck_reference>,pacheck_reference,pacheck::reference>)
  file(GLOB targets CONFIGURE_DEPENDS ${PACHECK_FUZZ_DIR}/put_*.c)
  foreach(source IN LISTS targets)
    cmake_path(GET source STEM name)
    pac_fuzz_executable(${target}_${name} ${name} ${twin} ${reference} pacheck::harness)
    target_compile_features(${target}_${name} PRIVATE c_std_17)
    target_compile_definitions(${target}_${name} PRIVATE _POSIX_C_SOURCE=200809L)
    target_include_directories(${target}_${name} PRIVATE ${PACHECK_FUZZ_DIR}/internal)
    target_compile_options(${target}_${name} PRIVATE ${flags})
    target_link_options(${target}_${name} PRIVATE ${flags})
  endforeach()
endfunction()
