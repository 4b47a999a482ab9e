// SPDX-License-Identifier: ISC
#include "config.h" // _GNU_SOURCE

#include "load/elf.h"

#include "base/mem.h"
#include "load/elf_ident.h"

#include <rill/entry.h>

#include <gelf.h>
#include <libelf.h>
#include <stdio.h>
#include <string.h>

/// One file under the glass.
struct view {
  const struct image* image;
  struct reason* reason;
  Elf* elf;
  GElf_Ehdr header;
};

#define refuse(view, ...)                                                      \
  reason_set((view)->reason, STATUS_BAD_PLUGIN, __VA_ARGS__)

static int
is_inside(const struct view* v, uint64_t offset, uint64_t n_bytes)
{
  const uint64_t size = v->image->n_bytes;
  return offset <= size && n_bytes <= size - offset;
}

static enum status
refuse_half(const struct view* v)
{
  return refuse(v, "is not whole: it has %zu bytes and speaks of more (still "
                   "being written, or cut short)", v->image->n_bytes);
}

static enum status
check_header(struct view* v)
{
  if (!gelf_getehdr(v->elf, &v->header)) {
    return refuse(v, "has a damaged ELF header: %s", elf_errmsg(-1));
  }
  const GElf_Ehdr* const h = &v->header;
  if (!h->e_shnum || !h->e_phnum) {
    return refuse(v, "has no %s table, so it cannot be checked",
                  h->e_phnum ? "section" : "segment");
  }
  if (!is_inside(v, h->e_phoff, (uint64_t)h->e_phnum * h->e_phentsize) ||
      !is_inside(v, h->e_shoff, (uint64_t)h->e_shnum * h->e_shentsize)) {
    return refuse_half(v);
  }
  return STATUS_OK;
}

static enum status
check_segments(const struct view* v, struct elf_facts* facts)
{
  int has_dynamic = 0;
  facts->traits |= ELF_EXEC_STACK; // what the loader takes when none is said
  for (int i = 0; i < v->header.e_phnum; ++i) {
    GElf_Phdr p;
    if (!gelf_getphdr(v->elf, i, &p)) {
      return refuse(v, "has a damaged segment table: %s", elf_errmsg(-1));
    }
    if (!is_inside(v, p.p_offset, p.p_filesz)) {
      return refuse_half(v);
    }
    if (p.p_type == PT_INTERP) {
      return refuse(v, "is a program, not a shared object");
    }
    has_dynamic |= p.p_type == PT_DYNAMIC;
    if (p.p_type == PT_GNU_STACK && !(p.p_flags & PF_X)) {
      facts->traits &= ~(uint32_t)ELF_EXEC_STACK;
    }
  }
  if (!has_dynamic) {
    return refuse(v, "has no dynamic segment: link it with -shared");
  }
  return STATUS_OK;
}

static void
read_dynamic_flags(const GElf_Dyn* d, struct elf_facts* facts)
{
  if (d->d_tag == DT_FLAGS) {
    facts->traits |= d->d_un.d_val & DF_STATIC_TLS ? ELF_STATIC_TLS : 0;
    facts->traits |= d->d_un.d_val & DF_TEXTREL ? ELF_TEXTREL : 0;
  } else if (d->d_tag == DT_FLAGS_1) {
    facts->traits |= d->d_un.d_val & DF_1_NODELETE ? ELF_NODELETE : 0;
  } else if (d->d_tag == DT_TEXTREL) {
    facts->traits |= ELF_TEXTREL;
  }
}

static enum status
keep_needed(const char* name, struct elf_facts* facts)
{
  char* const copy = mem_strdup(name);
  if (!copy) {
    return STATUS_NO_MEMORY;
  }
  facts->needed[facts->n_needed++] = copy;
  return STATUS_OK;
}

static enum status
keep_search(const char* paths, struct elf_facts* facts)
{
  if (facts->search || !strstr(paths, "ORIGIN")) {
    return STATUS_OK;
  }
  return (facts->search = mem_strdup(paths)) ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
read_dynamic_text(const struct view* v, const GElf_Shdr* header,
                  const GElf_Dyn* d, struct elf_facts* facts)
{
  if (d->d_tag != DT_NEEDED && d->d_tag != DT_RUNPATH && d->d_tag != DT_RPATH) {
    return STATUS_OK;
  }
  const char* const text = elf_strptr(v->elf, header->sh_link, d->d_un.d_val);
  if (!text || facts->n_needed == ELF_MAX_NEEDED) {
    return refuse(v, "has a damaged list of libraries");
  }
  return d->d_tag == DT_NEEDED ? keep_needed(text, facts)
                               : keep_search(text, facts);
}

static enum status
read_dynamic(const struct view* v, Elf_Scn* section, const GElf_Shdr* header,
             struct elf_facts* facts)
{
  Elf_Data* const data = elf_getdata(section, NULL);
  enum status st = STATUS_OK;
  GElf_Dyn d;
  for (int i = 0; !st && data && gelf_getdyn(data, i, &d); ++i) {
    if (d.d_tag == DT_NULL) {
      break;
    }
    read_dynamic_flags(&d, facts);
    st = read_dynamic_text(v, header, &d, facts);
  }
  return st;
}

static enum status
read_entry(const struct view* v, const GElf_Sym* s, struct elf_facts* facts)
{
  if (GELF_ST_TYPE(s->st_info) != STT_OBJECT ||
      GELF_ST_BIND(s->st_info) != STB_GLOBAL) {
    return refuse(v, "exports " RILL_ENTRY_SYMBOL
                     ", but not as a global data object (see RILL_PLUGIN in "
                     "rill/entry.h)");
  }
  if (s->st_size < offsetof(struct rill_entry, open)) {
    return refuse(v, "exports a " RILL_ENTRY_SYMBOL " of %llu bytes, too small "
                     "for an entry", (unsigned long long)s->st_size);
  }
  facts->entry_bytes = s->st_size;
  return STATUS_OK;
}

// What the linker or a sanitizer defines is no plugin author's doing.
static int
is_tools_own(const char* name)
{
  static const char* const names[] = { "_init", "_fini", "_edata", "_end" };
  if (!strncmp(name, "__", 2)) {
    return 1;
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    if (!strcmp(name, names[i])) {
      return 1;
    }
  }
  return 0;
}

static void
count_extra(const char* name, const GElf_Sym* s, struct elf_facts* facts)
{
  if (GELF_ST_BIND(s->st_info) == STB_GNU_UNIQUE) {
    facts->traits |= ELF_UNIQUE;
  }
  if (!is_tools_own(name) && !facts->n_extra++) {
    snprintf(facts->extra, sizeof facts->extra, "%s", name);
  }
}

static enum status
read_symbols(const struct view* v, Elf_Scn* section, const GElf_Shdr* header,
             struct elf_facts* facts)
{
  Elf_Data* const data = elf_getdata(section, NULL);
  GElf_Sym s;
  for (int i = 1; data && gelf_getsym(data, i, &s); ++i) {
    const int visibility = GELF_ST_VISIBILITY(s.st_other);
    const char* const name = elf_strptr(v->elf, header->sh_link, s.st_name);
    if (!name) {
      return refuse(v, "has a damaged symbol table");
    }
    if (s.st_shndx == SHN_UNDEF || GELF_ST_BIND(s.st_info) == STB_LOCAL ||
        visibility == STV_HIDDEN || visibility == STV_INTERNAL) {
      continue;
    }
    if (strcmp(name, RILL_ENTRY_SYMBOL)) {
      count_extra(name, &s, facts);
      continue;
    }
    const enum status st = read_entry(v, &s, facts);
    if (st) {
      return st;
    }
  }
  return STATUS_OK;
}

static enum status
check_sections(const struct view* v, struct elf_facts* facts)
{
  enum status st = STATUS_OK;
  for (Elf_Scn* s = NULL; !st && (s = elf_nextscn(v->elf, s));) {
    GElf_Shdr h;
    if (!gelf_getshdr(s, &h)) {
      return refuse(v, "has a damaged section table: %s", elf_errmsg(-1));
    }
    if (h.sh_type != SHT_NOBITS && !is_inside(v, h.sh_offset, h.sh_size)) {
      return refuse_half(v);
    }
    if (h.sh_type == SHT_DYNAMIC) {
      st = read_dynamic(v, s, &h, facts);
    } else if (h.sh_type == SHT_DYNSYM) {
      st = read_symbols(v, s, &h, facts);
    }
  }
  return st;
}

static enum status
check_all(struct view* v, struct elf_facts* facts)
{
  enum status st;
  if ((st = check_header(v)) || (st = check_segments(v, facts)) ||
      (st = check_sections(v, facts))) {
    return st;
  }
  if (!facts->entry_bytes) {
    return refuse(v, "is no rill plugin: it does not export " RILL_ENTRY_SYMBOL
                     " (see RILL_PLUGIN in rill/entry.h)");
  }
  return STATUS_OK;
}

enum status
elf_check(const struct image* image, struct elf_facts* out,
          struct reason* reason)
{
  struct view v = { .image = image, .reason = reason };
  struct elf_facts facts = { 0 };
  enum status st = elf_ident_check(image, reason);
  if (st) {
    return st;
  }
  elf_version(EV_CURRENT);
  facts.needed = mem_new_array(char*, ELF_MAX_NEEDED);
  v.elf = elf_memory(image->data, image->n_bytes);
  if (!facts.needed || !v.elf) {
    st = STATUS_NO_MEMORY;
  } else {
    st = check_all(&v, &facts);
  }
  elf_end(v.elf);
  if (st) {
    elf_fini(&facts);
    return st;
  }
  *out = facts;
  return STATUS_OK;
}

void
elf_fini(struct elf_facts* facts)
{
  for (uint32_t i = 0; i < facts->n_needed; ++i) {
    mem_free(facts->needed[i]);
  }
  mem_free(facts->needed);
  mem_free(facts->search);
  *facts = (struct elf_facts){ 0 };
}

const char*
elf_trait_name(enum elf_trait trait)
{
  switch (trait) {
    case ELF_STATIC_TLS: return "static TLS";
    case ELF_NODELETE: return "NODELETE";
    case ELF_UNIQUE: return "GNU_UNIQUE symbols";
    case ELF_TEXTREL: return "text relocations";
    case ELF_EXEC_STACK: return "an executable stack";
    default: return "";
  }
}
