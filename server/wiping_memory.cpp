// Memory that this program gives back is overwritten first. Keys and passwords pass through strings that no Secret
// guards: the HTTP library's buffers, JSON tokens, header lists. With this, none of them outlives its use, whoever
// owned it.
#include <malloc.h>

#include <cstdlib>
#include <cstring>
#include <new>

void* operator new(std::size_t size) {
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

// As the library does it anyway; but a sanitizer has a function of its own for this, and free() does not fit that.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size); }

void operator delete(void* memory) noexcept {
  if (memory) explicit_bzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
