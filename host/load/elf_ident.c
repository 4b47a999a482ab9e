// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/elf_ident.h"

#include <ctype.h>
#include <elf.h>
#include <stdio.h>
#include <string.h>

#if UINTPTR_MAX > 0xffffffffu
typedef Elf64_Ehdr header;
enum { HOST_CLASS = ELFCLASS64, HOST_BITS = 64 };
#else
typedef Elf32_Ehdr header;
enum { HOST_CLASS = ELFCLASS32, HOST_BITS = 32 };
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { HOST_DATA = ELFDATA2LSB };
#else
enum { HOST_DATA = ELFDATA2MSB };
#endif

#if defined(__x86_64__)
enum { HOST_MACHINE = EM_X86_64 };
#elif defined(__aarch64__)
enum { HOST_MACHINE = EM_AARCH64 };
#elif defined(__riscv)
enum { HOST_MACHINE = EM_RISCV };
#else
enum { HOST_MACHINE = EM_NONE }; // not known here: the loader decides
#endif

static const struct {
  unsigned machine;
  const char* name;
} machines[] = {
  { EM_386, "x86" },       { EM_X86_64, "x86-64" }, { EM_ARM, "ARM" },
  { EM_AARCH64, "arm64" }, { EM_RISCV, "RISC-V" },  { EM_PPC64, "POWER" },
  { EM_S390, "s390" },     { EM_MIPS, "MIPS" },
};

static const char*
machine_name(unsigned machine)
{
  for (size_t i = 0; i < sizeof machines / sizeof machines[0]; ++i) {
    if (machines[i].machine == machine) {
      return machines[i].name;
    }
  }
  return "another machine";
}

static int
is_text(const char* data, size_t n_bytes)
{
  const size_t n_looked = n_bytes < 16 ? n_bytes : 16;
  for (size_t i = 0; i < n_looked; ++i) {
    const unsigned char c = (unsigned char)data[i];
    if (!isprint(c) && !isspace(c)) {
      return 0;
    }
  }
  return 1;
}

static enum status
refuse_other_kind(const struct image* image, struct reason* reason)
{
  const char* const data = image->data;
  const size_t n = image->n_bytes;
  const char* what = "is not a shared object: it has no ELF header";
  if (is_text(data, n)) {
    what = memmem(data, n, "libtool", 7)
             ? "is a libtool description: the plugin is the .so in .libs "
               "beside it"
             : "is a text, not a shared object";
  }
  return reason_set(reason, STATUS_BAD_PLUGIN, "%s", what);
}

static enum status
check_machine(const header* h, struct reason* reason)
{
  if (h->e_ident[EI_CLASS] != HOST_CLASS) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "is not a %d-bit object, and this host is", HOST_BITS);
  }
  if (h->e_ident[EI_DATA] != HOST_DATA) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "was made for a machine with the other byte order");
  }
  if (HOST_MACHINE != EM_NONE && h->e_machine != HOST_MACHINE) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "was made for %s, and this host is %s",
                      machine_name(h->e_machine), machine_name(HOST_MACHINE));
  }
  return STATUS_OK;
}

enum status
elf_ident_check(const struct image* image, struct reason* reason)
{
  header h;
  if (image->n_bytes < SELFMAG || memcmp(image->data, ELFMAG, SELFMAG) != 0) {
    return refuse_other_kind(image, reason);
  }
  if (image->n_bytes < sizeof h) {
    return reason_set(reason, STATUS_BAD_PLUGIN,
                      "is not whole: it ends within the ELF header");
  }
  memcpy(&h, image->data, sizeof h);
  const enum status st = check_machine(&h, reason);
  if (st || h.e_type == ET_DYN) {
    return st;
  }
  return reason_set(reason, STATUS_BAD_PLUGIN,
                    h.e_type == ET_REL
                      ? "is an object file: link it with -shared"
                      : "is a program or a core file, not a shared object");
}
