# What the project builds on. scripts/build puts these where they are expected; each can be given by hand instead.
set(OWNKEY_DEPS_DIR ${CMAKE_SOURCE_DIR}/build/deps CACHE PATH "Where scripts/build unpacks source packages")
set(OWNKEY_IMGUI_DIR ${OWNKEY_DEPS_DIR}/imgui CACHE PATH "Dear ImGui, 1.92 or newer")
set(OWNKEY_HTTPLIB_DIR ${OWNKEY_DEPS_DIR}/httplib CACHE PATH "cpp-httplib, split into httplib.h and httplib.cc")
set(OWNKEY_BOTAN_DIR ${OWNKEY_DEPS_DIR}/botan CACHE PATH "Prefix of a static Botan 3")

if(NOT EXISTS ${OWNKEY_IMGUI_DIR}/imgui.h)
  message(FATAL_ERROR "no Dear ImGui in ${OWNKEY_IMGUI_DIR}: run scripts/build, which fetches it, or set OWNKEY_IMGUI_DIR")
endif()
file(STRINGS ${OWNKEY_IMGUI_DIR}/imgui.h imgui_version REGEX "define IMGUI_VERSION_NUM")
string(REGEX MATCH "[0-9]+" imgui_version "${imgui_version}")
if(imgui_version LESS 19200)
  message(FATAL_ERROR "Dear ImGui in ${OWNKEY_IMGUI_DIR} is too old (${imgui_version}): the page needs 1.92 or newer")
endif()

# nlohmann/json is header-only and the one system library that the page uses too. Emscripten must not see all of
# /usr/include, so the folder is linked alone into a place of its own.
set(nlohmann_include ${CMAKE_BINARY_DIR}/include)
find_path(NLOHMANN_PARENT nlohmann/json.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH REQUIRED)
file(MAKE_DIRECTORY ${nlohmann_include})
file(CREATE_LINK ${NLOHMANN_PARENT}/nlohmann ${nlohmann_include}/nlohmann SYMBOLIC)
add_library(nlohmann INTERFACE)
target_include_directories(nlohmann SYSTEM INTERFACE ${nlohmann_include})

if(EMSCRIPTEN)
  target_compile_definitions(nlohmann INTERFACE JSON_NOEXCEPTION)
  return()
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(date REQUIRED)
find_package(Boost REQUIRED COMPONENTS unit_test_framework)

add_library(httplib STATIC ${OWNKEY_HTTPLIB_DIR}/httplib.cc)
target_include_directories(httplib SYSTEM PUBLIC ${OWNKEY_HTTPLIB_DIR})
target_compile_definitions(httplib PUBLIC CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_USE_POLL CPPHTTPLIB_TCP_NODELAY=true)
target_compile_features(httplib PUBLIC cxx_std_20)
target_link_libraries(httplib PUBLIC OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

# Our own static Botan, or the system's where it has Botan 3.
find_library(BOTAN_LIBRARY NAMES botan-3 PATHS ${OWNKEY_BOTAN_DIR}/lib NO_DEFAULT_PATH)
find_path(BOTAN_INCLUDE botan/build.h PATHS ${OWNKEY_BOTAN_DIR}/include/botan-3 NO_DEFAULT_PATH)
find_library(BOTAN_LIBRARY NAMES botan-3 REQUIRED)
find_path(BOTAN_INCLUDE botan/build.h PATH_SUFFIXES botan-3 REQUIRED)
add_library(botan INTERFACE)
target_include_directories(botan SYSTEM INTERFACE ${BOTAN_INCLUDE})
target_link_libraries(botan INTERFACE ${BOTAN_LIBRARY} Threads::Threads)

# Linked as a whole, so that a server needs no package for it.
find_path(QRCODEGEN_INCLUDE qrcodegen/qrcodegen.hpp REQUIRED)
find_library(QRCODEGEN_LIBRARY NAMES libqrcodegencpp.a REQUIRED)
add_library(qrcodegen INTERFACE)
target_include_directories(qrcodegen SYSTEM INTERFACE ${QRCODEGEN_INCLUDE})
target_link_libraries(qrcodegen INTERFACE ${QRCODEGEN_LIBRARY})
