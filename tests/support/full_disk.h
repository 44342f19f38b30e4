// FullDisk: as long as one lives, SQLite finds no room on any disk, in this process.
//
// By the door that SQLite has for tests of such things (sqlite3_vfs.xSetSystemCall).
#pragma once

#include <sqlite3.h>
#include <sys/types.h>

#include <cerrno>

namespace ownkey::test {

class FullDisk {
 public:
  FullDisk() {
    set("write", reinterpret_cast<sqlite3_syscall_ptr>(&refuse));
    set("pwrite", reinterpret_cast<sqlite3_syscall_ptr>(&refuse_at));
    set("pwrite64", reinterpret_cast<sqlite3_syscall_ptr>(&refuse_at));
  }
  ~FullDisk() {
    for (const auto* call : {"write", "pwrite", "pwrite64"}) set(call, nullptr);  // the usual one
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  static void set(const char* call, sqlite3_syscall_ptr function) {
    auto* vfs = sqlite3_vfs_find(nullptr);
    vfs->xSetSystemCall(vfs, call, function);
  }
  static ssize_t refuse(int, const void*, size_t) {
    errno = ENOSPC;
    return -1;
  }
  static ssize_t refuse_at(int, const void*, size_t, off_t) {
    errno = ENOSPC;
    return -1;
  }
};

}  // namespace ownkey::test
