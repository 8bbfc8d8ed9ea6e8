// glibc's own count of what is allocated, which Swift's module of glibc leaves out.
#include <malloc.h>
